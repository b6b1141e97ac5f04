using System.CommandLine;
using Tributary.Core.Graph;

namespace Tributary.Cli.Commands;

/// <summary><c>ls</c>: the nodes that a selection chooses.</summary>
internal static class LsCommand
{
    public static Command Create()
    {
        var arguments = new RunArguments();
        var type = new Option<string?>("--resource-type") { Description = "Only nodes of this kind: load, seed, model, snapshot, test, export.", HelpName = "KIND" };
        var command = arguments.AddTo(new Command("ls", "List the nodes that a selection chooses."));
        command.Aliases.Add("list");
        command.Add(type);
        return command.WithAction(async (invocation, cancel) =>
        {
            var graph = (await RunVerb.LoadAsync(invocation, arguments.Vars(invocation), cancel)).Graph;
            var chosen = Selector.Choose(graph, arguments.Select(invocation), arguments.Exclude(invocation));
            var wanted = invocation.Get(type);
            var nodes = graph.Nodes.Where(node => chosen.Contains(node.Id) && (wanted is null || node.Kind.ToString().Equals(wanted, StringComparison.OrdinalIgnoreCase)));
            if (invocation.AsJson) invocation.WriteJson(nodes.Select(node => new { node.Id, node.Name, node.Kind, node.Fqn, node.Tags, File = node.At.File, node.At.Line, node.DependsOn }));
            else foreach (var node in nodes) invocation.WriteLine(string.Join('.', node.Fqn.Count > 0 ? node.Fqn : [node.Id]));
            return 0;
        });
    }
}
