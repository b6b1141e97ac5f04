namespace Tributary.Core.Fhir.Paths;

/// <summary>One token of an expression; <paramref name="Text"/> is its value with quotes and escapes resolved.</summary>
internal readonly record struct PathToken(PathTokenKind Kind, string Text, int Offset)
{
    /// <summary>As error messages call it.</summary>
    public string Found => Kind switch
    {
        PathTokenKind.End => "the end of the expression",
        PathTokenKind.Text => "a text",
        PathTokenKind.Number => "a number",
        PathTokenKind.Date or PathTokenKind.DateTime or PathTokenKind.Time => "a date or time",
        PathTokenKind.Variable => $"%{Text}",
        _ => $"'{Text}'",
    };

    public bool Is(string symbol) => Kind is PathTokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind is PathTokenKind.Word && Text == word;
}
