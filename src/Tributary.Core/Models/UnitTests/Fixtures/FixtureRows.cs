using Tributary.Core.Models.Files;
using Tributary.Core.Text;

namespace Tributary.Core.Models.UnitTests.Fixtures;

/// <summary>
/// The rows of a fixture, whatever their format: maps by column, or the text of a query. <paramref name="Columns"/> in the order
/// of their first appearance.
/// </summary>
internal sealed record FixtureRows(Fixture Fixture, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows)
{
    /// <summary>The text of a query that returns the rows; null when they are given one by one.</summary>
    public string? Query { get; init; }

    /// <summary>The seed that brings its own rows; its file is read when the test runs.</summary>
    public SeedFile? Seed { get; init; }

    /// <summary>Reads rows out of YAML, text or a file; throws when they cannot be read.</summary>
    public static FixtureRows Read(Fixture fixture, PackageFiles package)
    {
        if (fixture.Format == FixtureFormat.Dict) return Of(fixture, fixture.Rows ?? []);
        var (text, name) = fixture.File is { } file ? TextOf(file, fixture, package) : (fixture.Text ?? "", fixture.At.File);
        return fixture.Format == FixtureFormat.Sql ? new FixtureRows(fixture, [], []) { Query = text.Trim().TrimEnd(';') } : Of(fixture, OfCsv(text, name, ','));
    }

    /// <summary>The rows of a seed's own file.</summary>
    public FixtureRows Loaded(SeedFile seed, char delimiter) => Of(Fixture, OfCsv(File.ReadAllText(seed.FullPath), seed.Path, delimiter));

    private static FixtureRows Of(Fixture fixture, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        var columns = new List<string>();
        foreach (var row in rows)
        {
            foreach (var column in row.Keys)
            {
                if (!columns.Contains(column, StringComparer.OrdinalIgnoreCase)) columns.Add(column);
            }
        }
        return new FixtureRows(fixture, columns, rows);
    }

    private static (string Text, string Name) TextOf(string file, Fixture fixture, PackageFiles package)
    {
        var extension = fixture.Format == FixtureFormat.Csv ? ".csv" : ".sql";
        var known = new List<string>();
        foreach (var candidate in package.Fixtures)
        {
            if (!candidate.Path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) continue;
            if (candidate.Name == file) return (candidate.Text, candidate.Path);
            known.Add(candidate.Name);
        }
        throw new UserErrorException(ErrorCodes.FileMissing, fixture.At, $"there is no fixture {file}{extension} below tests/fixtures", Nearest.Hint(file, known));
    }

    /// <summary>An empty field is NULL.</summary>
    private static List<IReadOnlyDictionary<string, object?>> OfCsv(string text, string name, char delimiter)
    {
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        string[]? header = null;
        foreach (var record in CsvText.Read(text, name, delimiter))
        {
            if (header is null)
            {
                header = [.. record.Fields.Select(field => field.Trim())];
                continue;
            }
            if (record.Fields.Count != header.Length)
                throw new UserErrorException(ErrorCodes.CsvSyntax, new SourcePosition(name), $"a row of the fixture has {record.Fields.Count} fields, its header has {header.Length}", "Quote a field that holds a comma.");
            var row = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < header.Length; i++) row[header[i]] = record.Fields[i].Length == 0 ? null : record.Fields[i];
            rows.Add(row);
        }
        return rows;
    }
}
