using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Graph;
using Tributary.Core.Models;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>show MODEL</c> and <c>compile</c>: a model's first rows, and the SQL that it compiles to; nothing is built.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var arguments = new RunArguments();
        var name = new Argument<string?>("MODEL") { Description = "The model; or use --select.", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int>("--limit") { Description = "How many rows.", DefaultValueFactory = _ => 5 };
        var command = arguments.AddTo(new Command("show", "Print the first rows of a model's SQL; nothing is built."));
        command.Add(name);
        command.Add(limit);
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, arguments, cancel);
            var (models, ids) = Choose(session, arguments, invocation.Get(name) is { } one ? [one] : null, invocation);
            foreach (var id in ids)
            {
                var preview = await models.ShowAsync(id, invocation.Get(limit), session.Context, cancel);
                new QueryTable(preview.Columns, [.. preview.Rows.Select(row => row.Cast<object?>().ToArray())]).Print(invocation);
            }
            return 0;
        });
    }

    public static Command CreateCompile()
    {
        var arguments = new RunArguments();
        return arguments.AddTo(new Command("compile", "Write the SQL of the chosen nodes to target/compiled; one node's is printed too.")).WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, arguments, cancel);
            var (models, ids) = Choose(session, arguments, words: null, invocation);
            var compiled = new List<CompiledModel>();
            foreach (var id in ids) compiled.Add(await models.CompileAsync(id, session.Context, cancel));
            if (invocation.AsJson) invocation.WriteJson(compiled);
            else invocation.WriteLine(compiled.Count == 1 ? compiled[0].Sql : $"Compiled {compiled.Count} nodes to target/compiled.");
            return 0;
        });
    }

    private static (ModelProject Models, IReadOnlyList<string> Ids) Choose(RunSession session, RunArguments arguments, string[]? words, Invocation invocation)
    {
        var models = session.Project.Models
            ?? throw new UserErrorException(ErrorCodes.FileMissing, null, "The project has no dbt part.", "Add a dbt_project.yml.");
        var graph = session.Project.Graph;
        // Tests come with models in a selection; nobody who asks for a model's rows wants theirs.
        var indirect = words is not null || arguments.Select(invocation).Count > 0 ? IndirectSelection.Empty : IndirectSelection.Eager;
        var chosen = Selector.Choose(graph, words ?? arguments.Select(invocation), arguments.Exclude(invocation), indirect);
        return (models, [.. graph.Nodes.Where(node => chosen.Contains(node.Id) && node.Kind is (NodeKind.Model or NodeKind.Test)).Select(node => node.Id)]);
    }
}
