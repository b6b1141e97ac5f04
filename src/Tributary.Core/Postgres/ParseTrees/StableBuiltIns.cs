using System.Collections.Frozen;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// Which of PostgreSQL's own functions a fresh result may rest on. Immutable ones always. Stable ones only from this list:
/// their result follows from their arguments and from settings that our sessions pin (TimeZone, DateStyle). All others read
/// the clock, the session or the server's state. Read off pg_proc of PostgreSQL 15 (provolatile = 's').
/// </summary>
internal static class StableBuiltIns
{
    private static readonly FrozenSet<string> Clocks = new[]
    {
        "now", "transaction_timestamp", "statement_timestamp", "clock_timestamp", "timeofday",
        "age", // the stable one counts from the current day; with two arguments it is immutable
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Repeatable = new[]
    {
        "anytextcat", "array_to_json", "array_to_string", "concat", "concat_ws", "convert", "convert_from", "convert_to", "date", "date_part", "date_trunc",
        "date_cmp_timestamptz", "date_eq_timestamptz", "date_ge_timestamptz", "date_gt_timestamptz", "date_le_timestamptz",
        "date_lt_timestamptz", "date_ne_timestamptz", "enum_first", "enum_last", "enum_range", "extract", "format", "generate_series", "in_range",
        "interval_pl_timestamptz", "json_agg", "json_build_array", "json_build_object", "json_object_agg", "json_populate_record",
        "json_populate_recordset", "json_to_record", "json_to_recordset", "jsonb_agg", "jsonb_build_array", "jsonb_build_object",
        "jsonb_path_exists_tz", "jsonb_path_match_tz", "jsonb_path_query_array_tz", "jsonb_path_query_first_tz", "jsonb_path_query_tz",
        "jsonb_populate_record", "jsonb_populate_recordset", "jsonb_to_record", "jsonb_to_recordset", "length", "make_timestamptz",
        "overlaps", "pg_typeof", "quote_literal", "quote_nullable", "row_to_json", "textanycat", "time", "timestamp", "timestamp_cmp_timestamptz",
        "timestamp_eq_timestamptz", "timestamp_ge_timestamptz", "timestamp_gt_timestamptz", "timestamp_le_timestamptz",
        "timestamp_lt_timestamptz", "timestamp_ne_timestamptz", "timestamptz", "timestamptz_cmp_date", "timestamptz_cmp_timestamp",
        "timestamptz_eq_date", "timestamptz_eq_timestamp", "timestamptz_ge_date", "timestamptz_ge_timestamp", "timestamptz_gt_date",
        "timestamptz_gt_timestamp", "timestamptz_le_date", "timestamptz_le_timestamp", "timestamptz_lt_date",
        "timestamptz_lt_timestamp", "timestamptz_mi_interval", "timestamptz_ne_date", "timestamptz_ne_timestamp",
        "timestamptz_pl_interval", "timetz", "timezone", "to_char", "to_date", "to_json", "to_jsonb", "to_number", "to_timestamp",
        "xml_is_well_formed",
    }.ToFrozenSet();

    /// <summary>The function tells the time.</summary>
    public static bool ReadsClock(CalledFunction function) =>
        function is { IsBuiltIn: true, Volatility: not 'i' } && Clocks.Contains(function.Name);

    /// <summary>The same arguments may give another result tomorrow (a clock counts too).</summary>
    public static bool MayChange(CalledFunction function) =>
        function.Volatility != 'i' && !(function is { IsBuiltIn: true, Volatility: 's' } && Repeatable.Contains(function.Name));
}
