using System.CommandLine;
using Tributary.Core.Ingest.Datasets;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>infer FILE…</c>: proposes the declaration of a source of drops from samples of its files.</summary>
internal static class InferCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Samples, one of each dataset: CSV, also packed with gzip.", Arity = ArgumentArity.OneOrMore };
        return new Command("infer", "Propose a source's YAML from sample files: columns, types, forms of dates, keys. Shows no values.") { files }.WithAction(async (invocation, cancel) =>
        {
            var guesses = new List<DatasetGuess>();
            foreach (var file in invocation.Get(files) ?? [])
            {
                if (!File.Exists(file)) throw new UserErrorException(ErrorCodes.FileMissing, null, $"There is no file '{file}'.");
                guesses.Add(await DatasetGuess.OfAsync(file, cancel));
            }
            invocation.WriteLine("""
                kind: csv_drops
                path: drops                # the folder that holds the drops
                drops:
                  pattern: "{timestamp}"   # what a drop's folder is called
                  zone: UTC                # of timestamps without an offset
                datasets:
                """);
            foreach (var guess in guesses) invocation.WriteLine(guess.ToYaml().TrimEnd('\n'));
            return 0;
        });
    }
}
