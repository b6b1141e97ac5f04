using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Forms;

/// <summary>
/// How the text of an answer becomes values: one column, or for a place four. <paramref name="Refusal"/> is what is said of a text that becomes none;
/// null where every text is taken.
/// </summary>
public sealed record FormValue(IReadOnlyList<FormPart> Parts, string? Refusal)
{
    private const string Number = @"[+-]?\d{1,17}(?:\.\d{1,17})?";
    private const string Point = $@"^\s*{Number}\s+{Number}(?:\s+{Number}){{0,2}}\s*$";

    public static FormValue Of(FormType type, bool isSms) => type switch
    {
        FormType.Integer => One("bigint", SafeCast.BigInt, "not a whole number"),
        FormType.Decimal => One("numeric", SafeCast.Numeric, "not a number"),
        FormType.Boolean => One("boolean", SafeCast.Boolean, "neither true nor false"),
        FormType.Date => One("date", isSms ? DateOfMessage : SafeCast.Date, "not a date"),
        FormType.DateTime => One("timestamptz", SafeCast.Timestamp, "not a moment"),
        FormType.Time => One("time", text => SafeCast.Time($"regexp_replace({text}, '(?:Z|[+-]\\d\\d:\\d\\d)$', '')"), "not a time"),
        FormType.Choices => One("text[]", text => $"regexp_split_to_array(btrim({text}), '\\s+')", null),
        FormType.Point => new([.. Coordinates.Select((name, i) => new FormPart($"_{name}", "double precision", text => Coordinate(text, i + 1)))], "not a point"),
        _ => One("text", text => text, null),
    };

    /// <summary>The types by which the dictionary calls them.</summary>
    public static string WordOf(FormType type) => type switch
    {
        FormType.Integer => "int",
        FormType.DateTime => "dateTime",
        FormType.Choice => "select1",
        FormType.Choices => "select",
        FormType.Point => "geopoint",
        FormType.Text => "string",
        _ => type.ToString().ToLowerInvariant(),
    };

    private static readonly string[] Coordinates = ["latitude", "longitude", "altitude", "accuracy"];

    private static FormValue One(string type, Func<string, string> cast, string? refusal) => new([new FormPart("", type, cast)], refusal);

    private static string Coordinate(string text, int number) =>
        $"case when {text} ~ {Identifier.Literal(Point)} then nullif((regexp_split_to_array(btrim({text}), '\\s+'))[{number}], '')::double precision end";

    /// <summary>A text message's date was understood when it came, and is kept in milliseconds or as written.</summary>
    private static string DateOfMessage(string text) =>
        $"case when {text} ~ '^-?\\d{{1,14}}$' then (to_timestamp({text}::double precision / 1000) at time zone 'UTC')::date else {SafeCast.Date(text)} end";
}

/// <summary>A column of an answer: what its name ends with, its type, and the SQL that makes it of the answer's text.</summary>
public sealed record FormPart(string Suffix, string SqlType, Func<string, string> Cast);
