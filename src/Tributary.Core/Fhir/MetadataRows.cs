using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>Reads the lines of the metadata CSV by its header.</summary>
internal static class MetadataRows
{
    /// <summary>Every row that has as many fields as the header; the others are problems. A file without rows is one too.</summary>
    public static IReadOnlyList<MetadataRow> Read(string file, string text, Problems problems)
    {
        var records = CsvText.Read(text, file).Where(record => record.Fields.Any(field => field.Trim().Length > 0)).ToList();
        if (records.Count == 0)
        {
            problems.Add(ErrorCodes.QuestionnaireMetadata, new SourcePosition(file, 1), "the file is empty",
                $"Its first line names the columns: {string.Join(",", MetadataRow.Headers)}.");
            return [];
        }
        var header = records[0].Fields.Select(name => name.Trim().ToLowerInvariant()).ToArray();
        if (!CheckHeader(file, header, problems)) return [];
        return [.. records.Skip(1).Select(record => Row(file, header, record, problems)).OfType<MetadataRow>()];
    }

    private static bool CheckHeader(string file, string[] header, Problems problems)
    {
        var at = new SourcePosition(file, 1);
        var before = problems.Count;
        foreach (var name in MetadataRow.RequiredHeaders.Except(header))
            problems.Add(ErrorCodes.QuestionnaireMetadata, at, $"the column {name} is missing",
                $"The columns are {string.Join(",", MetadataRow.Headers)}.");
        foreach (var name in header.Except(MetadataRow.Headers))
            problems.Add(ErrorCodes.QuestionnaireMetadata, at, $"unknown column '{name}'", Nearest.Hint(name, [.. MetadataRow.Headers]));
        foreach (var name in header.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
            problems.Add(ErrorCodes.QuestionnaireMetadata, at, $"the column '{name}' stands twice", "Delete one of them.");
        return problems.Count == before;
    }

    private static MetadataRow? Row(string file, string[] header, CsvRecord record, Problems problems)
    {
        var at = new SourcePosition(file, record.Line);
        if (record.Fields.Count != header.Length)
        {
            problems.Add(ErrorCodes.QuestionnaireMetadata, at,
                $"found {record.Fields.Count} fields, expected {header.Length} as in the first line",
                "Put fields that hold commas or quotes into double quotes.");
            return null;
        }
        return new MetadataRow(at, MetadataRow.Headers.ToDictionary(name => name,
            name => Array.IndexOf(header, name) is >= 0 and var i ? record.Fields[i].Trim() : ""));
    }
}
