using System.CommandLine;
using Tributary.Cli.Arguments;
using Tributary.Cli.Output;
using Tributary.Core.Graph.Selecting;
using Tributary.Core.Models;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>show MODEL</c>: a model's first rows; nothing is built.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var arguments = new RunArguments();
        var name = new Argument<string?>("MODEL") { Description = "The model; or use --select.", Arity = ArgumentArity.ZeroOrOne };
        var inline = new Option<string?>("--inline") { Description = "SQL to run in place of a model's; a template as that is.", HelpName = "SQL" };
        var limit = new Option<int>("--limit") { Description = "How many rows; -1: all.", DefaultValueFactory = _ => 5 };
        var command = arguments.AddTo(new Command("show", "Print the first rows of a model's SQL; nothing is built."));
        command.Add(name);
        command.Add(inline);
        command.Add(limit);
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, arguments, cancel);
            if (invocation.Get(inline) is { } sql)
            {
                Print(await ModelsOf(session).ShowInlineAsync(sql, invocation.Get(limit), session.Context, cancel), invocation);
                return 0;
            }
            var (models, ids) = Choose(session, arguments, invocation.Get(name) is { } one ? [one] : null, invocation);
            foreach (var id in ids) Print(await models.ShowAsync(id, invocation.Get(limit), session.Context, cancel), invocation);
            return 0;
        });
    }

    internal static ModelProject ModelsOf(RunSession session) => session.Project.Models
        ?? throw new UserErrorException(ErrorCodes.FileMissing, null, "The project has no dbt part.", "Add a dbt_project.yml.");

    private static void Print(QueryPreview preview, Invocation invocation) =>
        new QueryTable(preview.Columns, [.. preview.Rows.Select(row => row.Cast<object?>().ToArray())]).Print(invocation);

    internal static (ModelProject Models, IReadOnlyList<string> Ids) Choose(RunSession session, RunArguments arguments, string[]? words, Invocation invocation)
    {
        var models = ModelsOf(session);
        var request = arguments.Selection.Request(invocation, SelectedNodes.Compilable);
        // Tests come with models in a selection; nobody who asks for a model's rows wants theirs.
        if (words is not null || arguments.Selection.HasWords(invocation)) request = request with { Indirect = IndirectSelection.Empty, Select = words ?? request.Select };
        var chosen = session.Project.Choose(request);
        return (models, [.. session.Project.Graph.Nodes.Where(node => chosen.Contains(node.Id)).Select(node => node.Id)]);
    }
}
