using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>One line of the metadata CSV as it is written: fields by header, trimmed; a missing one is empty.</summary>
internal sealed record MetadataRow(SourcePosition At, IReadOnlyDictionary<string, string> Fields)
{
    public static readonly IReadOnlyList<string> Headers =
        ["table", "column", "linkid", "short_name", "label", "data_type", "questionnaire_title", "source", "anon"];

    public static readonly IReadOnlyList<string> RequiredHeaders = ["table", "linkid", "data_type"];

    public string Table => Fields["table"];

    public string LinkId => Fields["linkid"];

    public string ShortName => Fields["short_name"];

    public string Label => Fields["label"];

    public string DataType => Fields["data_type"];

    public string Title => Fields["questionnaire_title"];

    public string Anon => Fields["anon"];

    /// <summary>The row with another value where the file gives none.</summary>
    public MetadataRow With(string field, string? value) =>
        Fields[field].Length > 0 || string.IsNullOrEmpty(value) ? this
            : this with { Fields = new Dictionary<string, string>(Fields) { [field] = string.Concat(value.Select(character => char.IsControl(character) ? ' ' : character)) } };

    /// <summary>The column's name before it is cut: the column field, else the short name.</summary>
    public string Wanted => Fields["column"].Length > 0 ? Fields["column"] : ShortName;

    /// <summary>The questionnaire's name in its canonical; a project without that column names it by title.</summary>
    public string Source => Fields["source"].Length > 0 ? Fields["source"] : Title;
}
