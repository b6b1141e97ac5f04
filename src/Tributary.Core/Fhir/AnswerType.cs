using Tributary.Core.Postgres;

namespace Tributary.Core.Fhir;

/// <summary>
/// What a column of a wide table holds: its PostgreSQL type and how one answer of the long table (alias <c>l</c>) is read
/// as it; null where the answer cannot be read. Texts keep all answers of an item, every other type its first.
/// </summary>
internal sealed record AnswerType(string Name, string? Cast = null)
{
    public static readonly AnswerType Text = new("text");
    public static readonly AnswerType TextArray = new("text[]");

    private static readonly AnswerType[] Casts =
    [
        new("boolean", $"coalesce(l.value_boolean, {SafeCast.Boolean("l.value_text")})"),
        new("integer", $"case when l.value_type <> 'coding' then {SafeCast.Integer("l.value_text")} end"),
        new("bigint", $"case when l.value_type <> 'coding' then {SafeCast.BigInt("l.value_text")} end"),
        new("numeric", $"case when l.value_type <> 'coding' then {SafeCast.Numeric("l.value_text")} end"),
        new("date", SafeCast.Date("l.value_text")),
        new("timestamptz", SafeCast.Timestamp("l.value_text")),
        new("time", SafeCast.Time("l.value_text")),
    ];

    /// <summary>Other words for the same types: those of FHIR and of SQL.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["string"] = "text",
        ["varchar"] = "text",
        ["choice"] = "text",
        ["coding"] = "text",
        ["uri"] = "text",
        ["url"] = "text",
        ["reference"] = "text",
        ["attachment"] = "text",
        ["bool"] = "boolean",
        ["int"] = "integer",
        ["int4"] = "integer",
        ["int8"] = "bigint",
        ["decimal"] = "numeric",
        ["quantity"] = "numeric",
        ["datetime"] = "timestamptz",
        ["timestamp"] = "timestamptz",
    };

    /// <summary>The names that the CSV may use, first the real ones.</summary>
    public static IReadOnlyList<string> Known { get; } = ["text", "text[]", .. Casts.Select(type => type.Name), .. Synonyms.Keys];

    public bool KeepsAll => Cast is null;

    /// <summary>The type of that name in any case; null when there is none.</summary>
    public static AnswerType? Find(string name)
    {
        var word = name.Trim().ToLowerInvariant();
        word = Synonyms.GetValueOrDefault(word, word);
        return word switch
        {
            "text" => Text,
            "text[]" => TextArray,
            _ => Casts.FirstOrDefault(type => type.Name == word),
        };
    }

    /// <summary>The name as part of a column's name: <c>as_date</c>.</summary>
    public string CastColumn => $"as_{Name}";
}
