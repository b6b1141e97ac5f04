namespace Tributary.Core.Metrics;

/// <summary>Words of SQL that the check of metric expressions knows.</summary>
internal static class SqlWords
{
    /// <summary>What would make an expression more than one: sub-queries, statements, window functions.</summary>
    public static readonly IReadOnlySet<string> Refused = Set(
        "select values table with union intersect except into returning insert update delete merge drop create alter grant revoke truncate "
        + "copy call do execute prepare listen notify vacuum lock over window lateral");

    public static readonly IReadOnlySet<string> Clock = Set(
        "now current_date current_time current_timestamp localtime localtimestamp clock_timestamp statement_timestamp "
        + "transaction_timestamp timeofday random");

    public static readonly IReadOnlySet<string> Aggregates = Set(
        "count sum avg min max bool_and bool_or every mode percentile_cont percentile_disc stddev stddev_pop stddev_samp variance "
        + "var_pop var_samp corr covar_pop covar_samp regr_slope regr_intercept regr_r2 regr_count bit_and bit_or range_agg array_agg jsonb_agg string_agg");

    /// <summary>Bare words that are no columns.</summary>
    public static readonly IReadOnlySet<string> Grammar = Set(
        "and or not null true false unknown is isnull notnull in like ilike similar to between symmetric case when then else end distinct "
        + "all any some from for filter where order by asc desc nulls first last within group using at time zone interval as collate "
        + "escape array row both leading trailing double precision varying");

    /// <summary>Functions that reach beyond the rows: files, other servers, settings, sequences, and those that run SQL from text.</summary>
    public static bool IsRefusedFunction(string name) =>
        RefusedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) || name.Contains("_to_xml", StringComparison.Ordinal)
        || RefusedFunctions.Contains(name);

    private static readonly string[] RefusedPrefixes = ["pg_", "lo_", "dblink"];

    private static readonly IReadOnlySet<string> RefusedFunctions = Set("set_config current_setting nextval setval currval txid_current");

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
