using System.CommandLine;
using Tributary.Cli.Arguments;
using Tributary.Core.Graph;
using Tributary.Core.Runs;
using Tributary.Core.Text;

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
            var compiled = await RunAsync(session, ids, arguments.Threads(invocation), invocation, cancel);
            if (invocation.AsJson) invocation.WriteJson(compiled.Select(result => new { NodeId = result.Node.Id, result.Node.Name, Sql = result.CompiledCode, File = models.CompiledFile(result.Node.Id) }));
            else invocation.WriteLine(compiled.Count == 1 ? compiled[0].CompiledCode ?? "" : $"Compiled {compiled.Count} nodes to target/compiled.");
            return 0;
        });
    }

    /// <summary>Compiles and writes the artifacts; then throws what is wrong, all at once.</summary>
    internal static async Task<IReadOnlyList<NodeResult>> RunAsync(RunSession session, IReadOnlyList<string> ids, int? threads, Invocation invocation, CancellationToken cancel)
    {
        var project = session.Project;
        var models = project.Models!; // ids came from it
        var started = invocation.Clock.GetTimestamp();
        session.Context.Traces.Chosen = ids;
        var artifacts = ArtifactArguments.WritesJson(invocation) ? models.BeginArtifacts(session.Context.RunId, invocation.Clock, invocation.Log) : null;
        var compiled = await models.CompileAsync(ids.Select(id => project.Graph[id]), session.Context, threads ?? Environment.ProcessorCount, cancel);
        if (artifacts is not null) await artifacts.FinishAsync(compiled, invocation.Clock.GetElapsedTime(started));
        var errors = compiled.Select(result => (result.Outcome as Outcome.Failed)?.Cause).OfType<UserErrorException>().SelectMany(error => error.Errors).ToList();
        return errors.Count == 0 ? compiled : throw new UserErrorException(errors);
    }
}
