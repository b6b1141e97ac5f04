using Tributary.Core.Fhir;
using Tributary.Core.Forms;
using Tributary.Core.Ingest;
using Tributary.Core.Models;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>How the dbt sources of a project and the streams that fill them meet.</summary>
internal static class RawTables
{
    /// <summary>The raw table of a stream as a template of generated models names it; null when no dbt source declares it.</summary>
    public static ResponsesTable? Find(ProjectFiles files, ModelFiles dbt, string key)
    {
        var table = dbt.Sources.FirstOrDefault(source => source.Streams.Contains(key));
        var stream = Streams(files).FirstOrDefault(candidate => candidate.Key == key);
        if (table is null || stream is null) return null;
        var columns = stream.Source.Load.Raw.Columns;
        return new ResponsesTable($"{{{{ source('{table.Source}', '{table.Name}') }}}}", columns.Id, columns.Document);
    }

    /// <summary>The raw table of a stream by its changes; of several dbt sources the one that holds the fewest streams beside. Null when none declares it.</summary>
    public static ReportsTable? FindReports(ProjectFiles files, ModelFiles dbt, string key)
    {
        var table = dbt.Sources.Where(source => source.Streams.Contains(key)).MinBy(source => source.Streams.Count);
        var stream = Streams(files).FirstOrDefault(candidate => candidate.Key == key);
        if (table is null || stream is null) return null;
        var columns = stream.Source.Load.Raw.Columns;
        return new ReportsTable($"{{{{ changes('{table.Source}', '{table.Name}') }}}}", columns.Id, columns.Document);
    }

    /// <summary>A source that names a stream must name one that exists, and the very table that it fills.</summary>
    public static void Check(ProjectFiles files, ModelFiles dbt, Problems problems)
    {
        var streams = Streams(files).ToDictionary(stream => stream.Key);
        foreach (var (table, key) in dbt.Sources.SelectMany(table => table.Streams.Select(key => (table, key))))
        {
            if (!streams.TryGetValue(key, out var stream))
                problems.Add(ErrorCodes.UnknownName, table.At, $"The source '{table.Source}.{table.Name}' says that it is the stream '{key}', which does not exist.",
                    Nearest.Hint(key, [.. streams.Keys]));
            else if (stream.Raw.Schema != table.Schema || stream.Raw.Name != table.Identifier)
                problems.Add(ErrorCodes.InvalidValue, table.At, $"The source '{table.Source}.{table.Name}' reads {table.Schema}.{table.Identifier}, but the stream '{key}' fills {stream.Raw}.",
                    "Change `schema:` or `identifier:` here, or `raw:` of the source.");
        }
    }

    /// <summary>Streams of different sources share a table only when a column tells their rows apart; within a source, the source checks it.</summary>
    public static void CheckShared(ProjectFiles files, Problems problems)
    {
        foreach (var table in Streams(files).GroupBy(stream => stream.Raw).Where(group => group.Select(stream => stream.Source).Distinct().Count() > 1))
        {
            var columns = table.Select(stream => stream.Source.Load.Raw.Columns).Distinct().ToList();
            var isShared = columns is [{ Source: not null }] && table.Select(stream => stream.Label).Distinct().Count() == table.Count();
            if (!isShared)
                problems.Add(ErrorCodes.InvalidValue, table.Last().Source.At, $"raw: the streams {string.Join(", ", table.Select(stream => stream.Key))} all land in {table.Key}.",
                    "Give each source a schema or table of its own, or the same columns with a column under raw.columns.source that tells their rows apart.");
        }
    }

    /// <summary>How models follow the changes of each stream.</summary>
    public static IReadOnlyDictionary<string, StreamTable> Followed(ProjectFiles files) => Streams(files).ToDictionary(
        stream => stream.Key,
        stream => new StreamTable(stream.Source.Load.Raw.Columns.Id, stream.Source.Load.Raw.Columns.Source, stream.Label) { WhyNot = WhyNotFollowed(stream) },
        StringComparer.Ordinal);

    private static string? WhyNotFollowed(SourceStream stream) =>
        stream.Source is not DocumentSource ? "its rows are datasets, not documents"
        : stream.Disposition == Disposition.Replace ? "its disposition is replace: each load is a new table, which does not say what changed" : null;

    /// <summary>A stream that waits for others must name streams that exist.</summary>
    public static void CheckOrder(ProjectFiles files, Problems problems)
    {
        string[] known = [.. Streams(files).Select(stream => stream.Key)];
        foreach (var stream in Streams(files))
        {
            foreach (var name in stream.Source.After(stream).Except(known))
                problems.Add(ErrorCodes.UnknownName, stream.Source.At, $"The stream {stream.Key} comes after '{Excerpt.Of(name)}', which is no stream.", Nearest.Hint(name, known));
        }
    }

    public static IEnumerable<SourceStream> Streams(ProjectFiles files) => files.Sources.Values.SelectMany(source => source.ListStreams());
}
