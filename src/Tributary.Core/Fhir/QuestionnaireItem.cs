namespace Tributary.Core.Fhir;

/// <summary>What a Questionnaire resource says of one item: its text, FHIR's type and whether it takes several answers.</summary>
internal sealed record QuestionnaireItem(string Text, string Type, bool Repeats)
{
    /// <summary>The type of the metadata CSV; null for items that take no answer.</summary>
    public string? DataType => Type switch
    {
        "boolean" or "decimal" or "integer" or "date" or "dateTime" or "time" or "quantity" when Repeats => "text[]",
        "boolean" => "boolean",
        "decimal" or "quantity" => "numeric",
        "integer" => "integer",
        "date" => "date",
        "dateTime" => "timestamptz",
        "time" => "time",
        "string" or "text" or "url" or "choice" or "open-choice" or "coding" or "attachment" or "reference" => "text",
        _ => null,
    };
}
