using System.Globalization;

namespace Tributary.Core.Text.Binding;

/// <summary>
/// A C# type that one scalar becomes: the words for error messages, how the text is read (null: it is not one), and the
/// JSON schema type. Quoted text is no number and no Boolean. A new scalar type is one line of <see cref="All"/>.
/// </summary>
internal sealed record ScalarType(Type Type, string Expected, string JsonType, bool Plain, Func<string, object?> Parse, string? Pattern = null)
{
    private const string SizePattern = @"^[0-9.]+ *([KMGkmg]i?)?[Bb]?$";
    private const string TimePattern = "^[0-9.]+ *(ms|s|m|h|d)$";

    public static IReadOnlyList<ScalarType> All { get; } =
    [
        new(typeof(string), "text", "string", false, text => text),
        new(typeof(bool), "true or false", "boolean", true, text => Yaml.PlainValue.Boolean(text)),
        new(typeof(int), "a whole number", "integer", true, text => Whole(text) is >= int.MinValue and <= int.MaxValue and var value ? (int)value : null),
        new(typeof(long), "a whole number", "integer", true, text => Whole(text)),
        new(typeof(double), "a number", "number", true, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null),
        new(typeof(decimal), "a number", "number", true, text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null),
        new(typeof(TimeSpan), "a time such as 30s, 5m, 2h or 1d", "string", false, text => Duration(text), TimePattern),
        new(typeof(ByteSize), "a size such as 16 MB or 1 GiB", "string", false, text => ByteSize.TryParse(text, out var size) ? size : null, SizePattern),
        new(typeof(DateOnly), "a date such as 2025-12-31", "string", false, text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    ];

    /// <summary>The entry of a type, or null when the type is no scalar.</summary>
    public static ScalarType? Of(Type type) => All.FirstOrDefault(scalar => scalar.Type == type);

    /// <summary>The words, with the limit when a whole number was found that is too large.</summary>
    public string ExpectedFor(Yaml.YamlScalar found) => found.ToObject() is long && JsonType == "integer"
        ? $"{Expected} up to {(Type == typeof(int) ? int.MaxValue : long.MaxValue)}" : Expected;

    private static long? Whole(string text) =>
        long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static TimeSpan? Duration(string text)
    {
        var number = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]);
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count)) return null;
        double? seconds = text[number.Length..] switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86_400, _ => null };
        return seconds * count is { } total and < 1e10 ? TimeSpan.FromTicks((long)Math.Round(total * TimeSpan.TicksPerSecond)) : null;
    }
}
