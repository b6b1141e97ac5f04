namespace Tributary.Core.Postgres;

/// <summary>
/// SQL that reads a text expression as a type and gives null where it cannot, on any PostgreSQL from 15 on:
/// the pattern decides before the cast runs, so that no odd answer stops a query.
/// </summary>
internal static class SafeCast
{
    /// <summary>0001 to 9999, without a look-ahead, which doubles the price of a match.</summary>
    private const string Year = @"(?:[1-9]\d{3}|0[1-9]\d\d|00[1-9]\d|000[1-9])";

    /// <summary>The last two digits of a leap year, or the first two of a leap century.</summary>
    private const string Fourth = "(?:0[48]|[2468][048]|[13579][26])";

    /// <summary>A day that exists: months by their length, 29 February in leap years only.</summary>
    private const string Day =
        $@"(?:{Year}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))"
        + $@"|(?:\d\d{Fourth}|{Fourth}00)-02-29)";

    private const string Clock = @"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?";
    private const string Zone = @"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)";

    /// <summary>A whole day, alone or with a clock time; FHIR's partial dates (<c>2024-05</c>) name no day and do not match.</summary>
    private const string Moment = $"^{Day}(?:[T ]{Clock}{Zone}?)?$";

    public static string Boolean(string text) =>
        $"case lower({text}) when 'true' then true when 'yes' then true when 'y' then true "
        + "when 'false' then false when 'no' then false when 'n' then false end";

    public static string Numeric(string text) =>
        $@"case when {text} ~ '^[+-]?\d{{1,60}}(?:\.\d{{1,60}})?(?:[eE][+-]?\d{{1,2}})?$' then {text}::numeric end";

    /// <summary>A whole number within ±<paramref name="limit"/>; <c>7.0</c> is one.</summary>
    public static string Whole(string text, string type, string limit) =>
        $@"case when {text} ~ '^[+-]?\d{{1,19}}(?:\.0*)?$' then "
        + $"case when abs({text}::numeric) <= {limit} then {text}::numeric::{type} end end";

    public static string Integer(string text) => Whole(text, "integer", "2147483647");

    public static string BigInt(string text) => Whole(text, "bigint", "9223372036854775807");

    /// <summary>The day as written, in the sender's zone.</summary>
    public static string Date(string text) => $"case when {text} ~ '{Moment}' then left({text}, 10)::date end";

    /// <summary>The instant; what has no clock time starts at midnight, and what has no zone is UTC.</summary>
    public static string Timestamp(string text) => $"case when {text} ~ '{Moment}' then ({text} || {MissingZone(text)})::timestamptz end";

    public static string Time(string text) => $"case when {text} ~ '^{Clock}$' then {text}::time end";

    private static string MissingZone(string text) => $@"case when {text} ~ '(?:Z|[+-]\d\d:\d\d)$' then '' else ' Z' end";
}
