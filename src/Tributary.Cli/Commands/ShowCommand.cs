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
        var output = new Option<string>("--output") { Description = "text, or json as dbt prints it.", HelpName = "FORM", DefaultValueFactory = _ => "text" };
        command.Add(limit);
        command.Add(output);
        return command.WithAction(async (invocation, cancel) =>
        {
            if (invocation.Get(output) is not ("text" or "json")) throw new UserErrorException(ErrorCodes.UnknownName, null, $"--output '{invocation.Get(output)}' is not known.", "Known: text, json.");
            var asDocument = invocation.Get(output) == "json";
            await using var session = await RunVerb.OpenAsync(invocation, arguments, cancel);
            if (invocation.Get(inline) is { } sql)
            {
                Print(await ModelsOf(session).ShowInlineAsync(sql, invocation.Get(limit), session.Context, cancel), null);
                return 0;
            }
            var (models, ids) = Choose(session, arguments, invocation.Get(name) is { } one ? [one] : null, invocation);
            foreach (var id in ids) Print(await models.ShowAsync(id, invocation.Get(limit), session.Context, cancel), session.Project.Graph[id].Name);
            return 0;

            void Print(QueryPreview preview, string? node)
            {
                if (asDocument) PrintDocument(preview, node, invocation);
                else new QueryTable(preview.Columns, [.. preview.Rows.Select(row => row.Cast<object?>().ToArray())]).Print(invocation);
            }
        });
    }

    internal static ModelProject ModelsOf(RunSession session) => session.Project.Models
        ?? throw new UserErrorException(ErrorCodes.FileMissing, null, "The project has no dbt part.", "Add a dbt_project.yml.");

    /// <summary>dbt's form: the node's name, which SQL of the command line has not, and its rows.</summary>
    private static void PrintDocument(QueryPreview preview, string? node, Invocation invocation)
    {
        var document = new Dictionary<string, object?>();
        if (node is not null) document["node"] = node;
        document["show"] = preview.Values.Select(row => preview.Columns.Zip(row).GroupBy(pair => pair.First).ToDictionary(same => same.Key, same => same.Last().Second));
        invocation.WriteJson(document);
    }

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
