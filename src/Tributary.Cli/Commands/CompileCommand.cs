using System.CommandLine;
using Tributary.Core.Models;

namespace Tributary.Cli.Commands;

/// <summary><c>compile</c>: the SQL of the chosen nodes as the warehouse would get it, in <c>target/compiled</c>; nothing is built.</summary>
internal static class CompileCommand
{
    public static Command Create()
    {
        var arguments = new RunArguments();
        var inline = new Option<string?>("--inline") { Description = "SQL to compile in place of a model's.", HelpName = "SQL" };
        var command = arguments.AddTo(new Command("compile", "Write the SQL of the chosen nodes to target/compiled; one node's is printed too."));
        command.Add(inline);
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenOfflineAsync(invocation, arguments, cancel);
            if (invocation.Get(inline) is { } sql)
            {
                invocation.WriteLine(await ShowCommand.ModelsOf(session).CompileInlineAsync(sql, session.Context, cancel));
                return 0;
            }
            var (models, ids) = ShowCommand.Choose(session, arguments, words: null, invocation);
            var compiled = await models.CompileAsync(ids, session.Context, cancel);
            if (invocation.AsJson) invocation.WriteJson(compiled);
            else invocation.WriteLine(compiled.Count == 1 ? compiled[0].Sql : $"Compiled {compiled.Count} nodes to target/compiled.");
            return 0;
        });
    }
}
