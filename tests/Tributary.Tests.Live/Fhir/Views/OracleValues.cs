using System.Globalization;
using System.Text.Json.Nodes;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>Equality, order and arithmetic of single values.</summary>
internal static class OracleValues
{
    public static bool? Equal(List<OracleItem> left, List<OracleItem> right)
    {
        if (left.Count == 0 || right.Count == 0) return null;
        if (left.Count == 1 && right.Count == 1 && IsMoment(left[0], right[0])) return Moments("=", left[0].Text!, right[0].Text!); // a moment is a text
        if (left.Count == 1 && right.Count == 1 && left[0].Type == "Quantity" && right[0].Type == "Quantity") return Quantities("=", left[0].Node, right[0].Node);
        return left.Select(item => Canonical(item.Node)).SequenceEqual(right.Select(item => Canonical(item.Node)));
    }

    public static bool? Compare(string symbol, OracleItem? left, OracleItem? right)
    {
        if (left is null || right is null) return null;
        if (left.Number is { } a && right.Number is { } b) return Holds(symbol, a.CompareTo(b));
        if (left.Type == "Quantity" && right.Type == "Quantity") return Quantities(symbol, left.Node, right.Node);
        if (left.Text is null || right.Text is null) return null;
        return IsMoment(left, right) ? Moments(symbol, left.Text, right.Text) : Holds(symbol, Math.Sign(string.CompareOrdinal(left.Text, right.Text)));
    }

    public static List<OracleItem> Calculate(string symbol, OracleItem? left, OracleItem? right)
    {
        if (left?.Text is { } a && right?.Text is { } b && symbol == "+") return [OracleItem.Of(a + b)];
        if (left?.Number is not { } x || right?.Number is not { } y) return [];
        if (symbol is "/" or "div" or "mod" && y == 0) return [];
        return [OracleItem.Of(symbol switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => x / y,
            "div" => decimal.Truncate(x / y),
            _ => x % y,
        })];
    }

    /// <summary>Equal for equal values, whatever the order of keys and the scale of numbers.</summary>
    public static string Canonical(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject map => $"{{{string.Join(',', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{Canonical(pair.Value)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(Canonical))}]",
        JsonValue value when value.TryGetValue<decimal>(out var number) => Math.Round(number, 12).ToString("0.############", CultureInfo.InvariantCulture),
        _ => node.ToJsonString(),
    };

    private static bool? Quantities(string symbol, JsonNode left, JsonNode right)
    {
        if (left["value"] is not { } a || right["value"] is not { } b || Unit(left) != Unit(right)) return null;
        return Holds(symbol, a.GetValue<decimal>().CompareTo(b.GetValue<decimal>()));
    }

    private static string Unit(JsonNode quantity) => (string?)quantity["unit"] ?? "1";

    /// <summary>Whole dates and instants against partial ones: no answer where the common part is the same.</summary>
    private static bool? Moments(string symbol, string left, string right)
    {
        if (left.Length > 10 && right.Length > 10) return Instants(symbol, left, right);
        var length = Math.Min(10, Math.Min(left.Length, right.Length));
        var order = Math.Sign(string.CompareOrdinal(left[..length], right[..length]));
        return order != 0 || left.Length == right.Length ? Holds(symbol, order) : null;
    }

    /// <summary>To the minute where one of them knows no seconds.</summary>
    private static bool? Instants(string symbol, string left, string right)
    {
        var (a, b) = (Instant(left), Instant(right));
        var (exactA, exactB) = (left[16] == ':', right[16] == ':');
        if (exactA && exactB) return Holds(symbol, a.CompareTo(b));
        var order = a.AddSeconds(-a.Second).CompareTo(b.AddSeconds(-b.Second));
        return order != 0 || exactA == exactB ? Holds(symbol, order) : null;
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static bool IsMoment(OracleItem left, OracleItem right) => IsMoment(left.Text) && IsMoment(right.Text);

    private static bool IsMoment(string? text) => text is { Length: >= 4 } && text[..4].All(char.IsAsciiDigit) && (text.Length == 4 || text[4] == '-');

    private static bool Holds(string symbol, int order) => symbol switch
    {
        "=" => order == 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}
