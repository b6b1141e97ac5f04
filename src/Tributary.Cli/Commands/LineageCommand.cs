using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>lineage RELATION[.COLUMN]</c>: where the columns of a model come from, as PostgreSQL's own parser saw it.</summary>
internal static class LineageCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("RELATION[.COLUMN]") { Description = "A model, or one of its columns." };
        return new Command("lineage", "Show where the columns of a model come from.") { what }.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            await using var connection = await session.Context.Database.OpenAsync(cancel);
            var lineage = await Lineage.ReadAsync(connection, session.Context.Key, cancel);
            var parts = (invocation.Get(what) ?? "").Split('.', 2);
            var columns = lineage.Columns.Where(column => column.Relation.Name == parts[0] && (parts.Length == 1 || column.Name == parts[1])).ToList();
            if (columns.Count == 0)
                throw new UserErrorException(ErrorCodes.UnknownName, null, $"Nothing is known of '{invocation.Get(what)}'; it was never built, or has another name.",
                    Nearest.Hint(parts[0], [.. lineage.Columns.Select(column => column.Relation.Name).Distinct()]));
            (parts.Length == 1 ? Direct(columns) : Whole(lineage, columns[0])).Print(invocation);
            return 0;
        });
    }

    /// <summary>A relation's columns with what each is made from.</summary>
    private static QueryTable Direct(IReadOnlyList<LineageColumn> columns) => new(
        ["column", "comes_from", "path", "how"],
        [.. columns.SelectMany(column => column.Origins.Select(origin => new object?[]
        {
            $"{column.Relation.Name}.{column.Name}", $"{origin.Relation}.{origin.Column}", origin.Path, How(origin.IsTransformed),
        }))]);

    /// <summary>One column and all that it comes from, down to the raw tables, each below what it feeds.</summary>
    private static QueryTable Whole(Lineage lineage, LineageColumn column) => new(
        ["column", "path", "how", "built_by"],
        [.. lineage.Trace(column.Relation, column.Name).Select(step => new object?[]
        {
            $"{new string(' ', step.Depth * 2)}{step.Relation}.{step.Column}", step.Path, step.Depth == 0 ? null : How(step.IsTransformed), step.NodeId,
        })]);

    private static string How(bool isTransformed) => isTransformed ? "transformed" : "as it is";
}
