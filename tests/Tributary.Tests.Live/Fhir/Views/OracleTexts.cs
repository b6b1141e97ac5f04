namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>Functions of one text.</summary>
internal static class OracleTexts
{
    public static List<OracleItem> Apply(string function, string? text, OracleItem?[] arguments)
    {
        if (text is null || arguments.Any(argument => argument is null)) return [];
        var first = arguments.Length > 0 ? arguments[0]!.Text : null; // looked at above
        return function switch
        {
            "upper" => [OracleItem.Of(text.ToUpperInvariant())],
            "length" => [OracleItem.Of(text.Length)],
            "trim" => [OracleItem.Of(text.Trim())],
            "toChars" => [.. text.Select(character => OracleItem.Of(character.ToString()))],
            "startsWith" => [OracleItem.Of(text.StartsWith(first!, StringComparison.Ordinal))],
            "endsWith" => [OracleItem.Of(text.EndsWith(first!, StringComparison.Ordinal))],
            "contains" => [OracleItem.Of(text.Contains(first!, StringComparison.Ordinal))],
            "indexOf" => [OracleItem.Of(text.IndexOf(first!, StringComparison.Ordinal))],
            "split" => [.. text.Split(first!).Select(OracleItem.Of)],
            "replace" => [OracleItem.Of(text.Replace(first!, arguments[1]!.Text, StringComparison.Ordinal))],
            "substring" => Substring(text, (int)arguments[0]!.Number!, arguments.Length > 1 ? (int)arguments[1]!.Number! : text.Length),
            _ => throw new InvalidOperationException(function),
        };
    }

    private static List<OracleItem> Substring(string text, int start, int length) =>
        start < 0 || start >= text.Length ? [] : [OracleItem.Of(text.Substring(start, Math.Min(length, text.Length - start)))];
}
