using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>
/// Dates and times as FHIR writes them, compared to the precision that both have: <c>2024</c> against <c>2024-05</c> is empty, not
/// false (FHIRPath 2.0, "Date/Time Equality"). Instants in different zones are compared as instants; without a zone it is UTC.
/// </summary>
internal static class Moments
{
    /// <summary>Whether one of them is known to be a date or a time.</summary>
    public static bool Apply(PathValue left, PathValue right) =>
        (IsMoment(left) && (IsMoment(right) || right.Kind == PathKind.Unknown)) || (IsMoment(right) && left.Kind == PathKind.Unknown);

    public static bool IsMoment(PathValue value) => value.Kind is PathKind.Date or PathKind.DateTime or PathKind.Time;

    public static string Compare(string symbol, PathValue left, PathValue right, SqlNames names) => Reads.Bind(
        [Reads.Text(left, names), Reads.Text(right, names)], names, x =>
            left.Kind == PathKind.Time || right.Kind == PathKind.Time ? Times(symbol, x[0], x[1]) : Compare(symbol, x[0], x[1]));

    /// <summary>For two SQL texts, each no more than a name or a cheap expression.</summary>
    public static string Compare(string symbol, string left, string right) => SqlTemplate.Fill("Fhir/Paths/Sql/compare_moments.sql",
        ("a", left), ("b", right), ("symbol", symbol), ("when_equal", WhenEqual(symbol)),
        ("instant_a", SafeCast.Timestamp(left)), ("instant_b", SafeCast.Timestamp(right)),
        ("instant_pa", SafeCast.Timestamp("p.a")), ("instant_pb", SafeCast.Timestamp("p.b")),
        ("common_a", Common(left, right, 10)), ("common_b", Common(right, left, 10)));

    /// <summary>A condition: the text is a date, whole or partial, or a dateTime.</summary>
    public static string IsDay(string text) => $@"{text} ~ '^\d{{4}}(-\d\d(-\d\d(T.*)?)?)?$'";

    private static string Times(string symbol, string left, string right) => SqlTemplate.Fill("Fhir/Paths/Sql/compare_times.sql",
        ("a", left), ("b", right), ("symbol", symbol), ("when_equal", WhenEqual(symbol)),
        ("time_a", SafeCast.Time(left)), ("time_b", SafeCast.Time(right)), ("common_a", Common(left, right, 5)), ("common_b", Common(right, left, 5)));

    private static string WhenEqual(string symbol) => symbol.Contains('=', StringComparison.Ordinal) ? "true" : "false";

    private static string Common(string text, string other, int most) => $"left({text}, least(length({text}), length({other}), {most}))";
}
