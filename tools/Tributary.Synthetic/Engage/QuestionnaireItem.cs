namespace Tributary.Synthetic.Engage;

/// <summary>A question or group of a questionnaire, with the column that its answers fill.</summary>
internal sealed record QuestionnaireItem(string LinkId, string Kind, string Column, string ShortName, string Label, string Anon, string Flags)
{
    /// <summary>The items below it in <c>item</c>.</summary>
    public List<QuestionnaireItem> Items { get; } = [];

    /// <summary>The items below each of its answers, in <c>answer[].item</c>.</summary>
    public List<QuestionnaireItem> AnswerItems { get; } = [];

    /// <summary>The FHIR item type: <c>choice</c>, <c>boolean</c>, <c>group</c> …</summary>
    public string Type => Kind.Split(':')[0];

    /// <summary>Where its values come from: an option set, a fact of the person, a range; empty for the type's own.</summary>
    public string Source => Kind.Contains(':', StringComparison.Ordinal) ? Kind.Split(':')[1] : "";

    public bool Many => Has("many");
    public bool Twice => Has("twice");
    public bool Rare => Has("rare");
    public bool OnlyInVersion2 => Has("v2");

    /// <summary>Whether the metadata CSV has a row for it.</summary>
    public bool IsMapped => Type is not ("group" or "display") && !Has("unmapped");

    /// <summary>The column's SQL type, as the metadata CSV names it.</summary>
    public string DataType => Type switch
    {
        "boolean" => "boolean",
        "integer" => "integer",
        "decimal" or "quantity" => "numeric",
        "date" => "date",
        "dateTime" => "timestamptz",
        "time" => "time",
        _ => "text",
    };

    private bool Has(string flag) => Flags.Split(' ').Contains(flag, StringComparer.Ordinal);
}
