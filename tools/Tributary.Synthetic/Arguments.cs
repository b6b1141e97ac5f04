using System.Globalization;
using System.Numerics;

namespace Tributary.Synthetic;

/// <summary>The command line of the data maker.</summary>
internal sealed record Arguments(DirectoryInfo Out, DirectoryInfo? In, SyntheticOptions Options)
{
    public const string Usage = """
        Tributary.Synthetic engage --out DIR [--seed 1] [--scale 1] [--gzip] [--faults N]   FHIR files, the same for the same options
        Tributary.Synthetic engage-metadata                                                 the questionnaires' metadata CSV on stdout
        Tributary.Synthetic kotahi --out DIR [--seed 1] [--scale 1] [--days 7] [--clean]    nightly CSV drops and faults.json, which says what is wrong with them and where
        Tributary.Synthetic cht --out DIR [--seed 1] [--scale 1]                            databases of CouchDB as NDJSON, a revision a line, for _bulk_docs with new_edits: false
        Tributary.Synthetic corrupt --in DIR --out DIR [--seed 1] [--faults N]              a copy of NDJSON files with N lines made faulty
        """;

    /// <summary>Reads the options after the verb.</summary>
    /// <exception cref="FormatException">An option is unknown, or its value is missing or no number.</exception>
    public static Arguments Parse(IReadOnlyList<string> words)
    {
        DirectoryInfo? to = null, from = null;
        var options = new SyntheticOptions();
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "--out": to = new DirectoryInfo(Value(words, ref i)); break;
                case "--in": from = new DirectoryInfo(Value(words, ref i)); break;
                case "--seed": options = options with { Seed = Number<long>(words, ref i) }; break;
                case "--scale": options = options with { Scale = Number<double>(words, ref i) }; break;
                case "--faults": options = options with { Faults = Number<int>(words, ref i) }; break;
                case "--days": options = options with { Days = Number<int>(words, ref i) }; break;
                case "--clean": options = options with { Clean = true }; break;
                case "--gzip": options = options with { Gzip = true }; break;
                default: throw new FormatException($"Unknown option {words[i]}.");
            }
        }

        return new Arguments(to ?? throw new FormatException("--out DIR is missing."), from, options);
    }

    private static string Value(IReadOnlyList<string> words, ref int at) =>
        ++at < words.Count ? words[at] : throw new FormatException($"{words[at - 1]} needs a value.");

    private static T Number<T>(IReadOnlyList<string> words, ref int at) where T : INumber<T>
    {
        var (option, text) = (words[at], Value(words, ref at));
        return T.TryParse(text, CultureInfo.InvariantCulture, out var number) && !T.IsNegative(number)
            ? number
            : throw new FormatException($"{option} needs a number of 0 or more, found {text}.");
    }
}
