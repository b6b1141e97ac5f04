using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Forms;

/// <summary>The data dictionary: every column of every form's table with its place in the form, its label by language and its choices.</summary>
internal static class FormDictionary
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly GeneratedColumn[] Columns =
    [
        new("table_name", "The form's table, or that of a list in it.", "text"),
        new("column_name", "The column.", "text"),
        new("form", "What reports carry in `form`.", "text"),
        new("form_title", "The form's title.", "text"),
        new("by_sms", "The form is for text messages.", "boolean"),
        new("path", "Where the answer stands below `fields`.", "text"),
        new("type", "string, int, decimal, boolean, date, dateTime, time, select1, select, geopoint or contact.", "text"),
        new("data_type", "The column's type.", "text"),
        new("label", "English, or else the first language.", "text"),
        new("labels", "By language.", "jsonb"),
        new("choices", "What can be answered, with labels by language.", "jsonb"),
        new("is_required", "It must be answered.", "boolean"),
        new("is_current", "The newest version of the form has it still.", "boolean"),
    ];

    public static GeneratedModel Of(FormsConfig config, IReadOnlyList<FormTable> tables) => new(
        config.Dictionary,
        config.Folder,
        SqlTemplate.Fill("Forms/form_dictionary.sql", ("rows", SqlTemplate.Literal(JsonSerializer.Serialize(tables.SelectMany(Rows), Plain).Replace("\\u0000", "", StringComparison.Ordinal)))),
        new Dictionary<string, object?> { ["materialized"] = "table" },
        Columns,
        config.At,
        "Every column of every form's table: where it stands in the form, what it is called and what can be answered.");

    private static IEnumerable<Dictionary<string, object?>> Rows(FormTable table) => table.Columns.SelectMany(column => column.Value(table.Newest.IsSms).Parts.Select(part => new Dictionary<string, object?>
    {
        ["table_name"] = table.Name,
        ["column_name"] = column.Name + part.Suffix,
        ["form"] = table.Newest.Form,
        ["form_title"] = table.Newest.Title,
        ["by_sms"] = table.Newest.IsSms,
        ["path"] = column.Newest.Key,
        ["type"] = FormValue.WordOf(column.Type),
        ["data_type"] = part.SqlType,
        ["label"] = column.Newest.Labels.GetValueOrDefault("en") ?? column.Newest.Labels.Values.FirstOrDefault(),
        ["labels"] = column.Newest.Labels,
        ["choices"] = column.Newest.Choices.Select(choice => new Dictionary<string, object?> { ["value"] = choice.Value, ["labels"] = choice.Labels }),
        ["is_required"] = column.Newest.IsRequired,
        ["is_current"] = column.IsCurrent,
    }));
}
