using System.CommandLine;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>run-operation MACRO</c>: one macro of the project or a package, called with arguments by name.</summary>
internal static class RunOperationCommand
{
    private static readonly Argument<string> Macro = new("MACRO") { Description = "The macro: name or package.name." };

    private static readonly Option<string?> Arguments = new("--args") { Description = "Its arguments as YAML: '{schema: old, days: 30}'.", HelpName = "YAML" };

    public static Command Create()
    {
        var arguments = new RunArguments();
        var command = arguments.AddTo(new Command("run-operation", "Run one macro."));
        command.Add(Macro);
        command.Add(Arguments);
        return command.WithAction((invocation, cancel) => RunAsync(invocation, arguments, cancel));
    }

    /// <summary>What the macro finds wrong ends with 1: the project itself was read.</summary>
    private static async Task<int> RunAsync(Invocation invocation, RunArguments arguments, CancellationToken cancel)
    {
        var given = CommandLineVars.Read(invocation.Get(Arguments), "--args");
        await using var session = await RunVerb.OpenAsync(invocation, arguments, cancel);
        var models = ShowCommand.ModelsOf(session);
        try
        {
            await models.RunOperationAsync(invocation.Get(Macro) ?? "", given, session.Context, cancel);
            return 0;
        }
        catch (UserErrorException wrong)
        {
            foreach (var error in wrong.Errors) invocation.Complain(error.ToString());
            return 1;
        }
    }
}
