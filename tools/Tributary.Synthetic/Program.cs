using Tributary.Synthetic;
using Tributary.Synthetic.Engage;

try
{
    switch (args.FirstOrDefault())
    {
        case "engage":
            var arguments = Arguments.Parse(args[1..]);
            EngageFhir.Write(arguments.Out, arguments.Options);
            return 0;
        case "engage-metadata":
            MetadataCsv.Write(Console.Out);
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
