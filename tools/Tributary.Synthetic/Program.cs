using Tributary.Synthetic;
using Tributary.Synthetic.Cht;
using Tributary.Synthetic.Engage;
using Tributary.Synthetic.Faults;
using Tributary.Synthetic.Kotahi;

try
{
    switch (args.FirstOrDefault())
    {
        case "engage":
            var engage = Arguments.Parse(args[1..]);
            EngageFhir.Write(engage.Out, engage.Options);
            return 0;
        case "engage-metadata":
            MetadataCsv.Write(Console.Out);
            return 0;
        case "kotahi":
            var kotahi = Arguments.Parse(args[1..]);
            KotahiDrops.Write(kotahi.Out, kotahi.Options);
            return 0;
        case "cht":
            var cht = Arguments.Parse(args[1..]);
            ChtDatabases.Write(cht.Out, cht.Options);
            return 0;
        case "corrupt":
            var corrupt = Arguments.Parse(args[1..]);
            CorruptCopy.Write(corrupt.In ?? throw new FormatException("--in DIR is missing."), corrupt.Out, corrupt.Options.Seed, corrupt.Options.Faults);
            return 0;
        default:
            await Console.Error.WriteLineAsync(Arguments.Usage);
            return 2;
    }
}
catch (FormatException error)
{
    await Console.Error.WriteLineAsync($"{error.Message}\n{Arguments.Usage}");
    return 2;
}
