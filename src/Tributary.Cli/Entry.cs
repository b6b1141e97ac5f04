using System.CommandLine;
using Tributary.Cli.Arguments;
using Tributary.Cli.Commands;

namespace Tributary.Cli;

/// <summary>The command line, from words to an exit status; tests come in here too.</summary>
internal static class Entry
{
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, ProgramCall call, CancellationToken cancel = default)
    {
        var root = new RootCommand("Tributary brings health data into a PostgreSQL warehouse and out again as numbers that people can trust.");
        GlobalOptions.AddTo(root);
        foreach (var command in Verbs.For(arguments)) root.Add(command);
        var parsed = root.Parse(DbtFlags.Without(arguments));
        call.ProcessTerminationTimeout = call.TakesSignals && !DbCommand.IsPsql(parsed) ? TimeSpan.FromSeconds(10) : null;
        return parsed.InvokeAsync(call, cancel);
    }
}
