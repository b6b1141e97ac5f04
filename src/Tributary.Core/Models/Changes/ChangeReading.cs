using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Core.Graph;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Changes;

/// <summary>
/// What <c>changes()</c> stands for in one build of a node: with a cursor the rows under the keys that were touched since, in any of the streams
/// that the node follows; without one all rows. One key may be looked at twice, none is passed over.
/// </summary>
internal sealed partial class ChangeReading
{
    private const string Mark = "/* where this model left off */";

    private readonly IReadOnlyList<SourceTable> sources;
    private readonly ModelSettings settings;
    private readonly ChangeCursor? cursor;

    private ChangeReading(IReadOnlyList<SourceTable> sources, ModelSettings settings, ChangeCursor? cursor)
    {
        this.sources = sources;
        this.settings = settings;
        this.cursor = cursor;
    }

    /// <summary>Everything, for those that no cursor is kept of.</summary>
    public static ChangeReading Whole(SourceTable source, ModelSettings settings) => new([source], settings, null);

    /// <summary>Null for a node that reads no changes, nor do the ephemeral models in it.</summary>
    public static ChangeReading? Of(ParsedProject project, ParsedNode node, ChangeCursor? cursor)
    {
        var ids = new List<string>();
        var left = new Queue<ParsedNode>([node]);
        while (left.TryDequeue(out var next))
        {
            ids.AddRange(next.Changes.Except(ids));
            foreach (var inner in next.DependsOn.Select(project.Find).OfType<ParsedNode>().Where(inner => inner.IsEphemeral)) left.Enqueue(inner);
        }
        return ids.Count == 0 ? null : new ChangeReading([.. ids.Select(id => project.Sources[id])], project.Settings, cursor);
    }

    public IReadOnlyList<SourceTable> Sources => sources;

    /// <summary>A query of the keys that were touched; null: all of them.</summary>
    public string? Keys => cursor is null ? null : string.Join(" union ", Streams().Select(one => Touched(one.Source, one.Stream, cursor)));

    /// <summary>How far the streams are now, which is how far a build that starts now will have seen them.</summary>
    public IReadOnlyDictionary<string, long> Now(SuccessRecords successes) =>
        Streams().Select(one => one.Stream).Distinct().ToDictionary(stream => stream, successes.LoadOf, StringComparer.Ordinal);

    /// <summary>
    /// The rows of a table. A join with a row without columns keeps the table's columns as they are, and lets an alias follow or not.
    /// </summary>
    public string Relation(SourceTable source, bool withDeleted)
    {
        var conditions = new List<string>();
        if (!withDeleted) conditions.Add("_deleted is not true");
        var tables = source.Streams.Select(stream => settings.StreamTables[stream]).ToList();
        if (tables[0].SourceColumn is { } column) conditions.Add($"{Identifier.Quote(column)} in ({string.Join(", ", tables.Select(table => Identifier.Literal(table.Label)))})");
        if (Keys is { } keys) conditions.Add($"{Identifier.Quote(tables[0].Id)} in ({keys})");
        var own = Identifier.Quote(source.Identifier);
        return conditions.Count == 0 ? Place(source) : $"({Place(source)} join (select) as _followed on {string.Join(" and ", conditions.Select(condition => $"{own}.{condition}"))})";
    }

    /// <summary>SQL that says the same however far the node was.</summary>
    public static string Stable(string sql) => Cursor().Replace(sql, $"_load > 0 {Mark}");

    private IEnumerable<(SourceTable Source, string Stream)> Streams() => sources.SelectMany(source => source.Streams.Select(stream => (source, stream)));

    // Rows of a replica that was adopted carry the number 0: a stream that was never seen begins before it.
    private string Touched(SourceTable source, string stream, ChangeCursor cursor)
    {
        var table = settings.StreamTables[stream];
        var load = cursor.Loads.GetValueOrDefault(stream, -1).ToString(CultureInfo.InvariantCulture);
        var own = table.SourceColumn is { } column ? $"{Identifier.Quote(column)} = {Identifier.Literal(table.Label)} and " : "";
        return $"select {Identifier.Quote(table.Id)} from {Place(source)} where {own}_load > {load} {Mark}";
    }

    private static string Place(SourceTable source) => $"{Identifier.Quote(source.Schema)}.{Identifier.Quote(source.Identifier)}";

    [GeneratedRegex(@"_load > -?\d+ /\* where this model left off \*/")]
    private static partial Regex Cursor();
}
