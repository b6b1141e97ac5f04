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

    public static string Equal(PathValue left, PathValue right, SqlNames names)
    {
        if (left.Kind == PathKind.Time || right.Kind == PathKind.Time) return Times("=", left, right, names);
        return Reads.Bind([Reads.Text(left, names), Reads.Text(right, names)], names, x => Equal(x[0], x[1]));
    }

    public static string Compare(string symbol, PathValue left, PathValue right, SqlNames names)
    {
        if (left.Kind == PathKind.Time || right.Kind == PathKind.Time) return Times(symbol, left, right, names);
        return Reads.Bind([Reads.Text(left, names), Reads.Text(right, names)], names, x => Compare(symbol, x[0], x[1]));
    }

    /// <summary>For two SQL texts.</summary>
    public static string Compare(string symbol, string left, string right) =>
        $"case when length({left}) > 10 and length({right}) > 10 then {SafeCast.Timestamp(left)} {symbol} {SafeCast.Timestamp(right)} "
        + $"when {Common(left, right)} <> {Common(right, left)} then {Ordering.Texts(symbol, Common(left, right), Common(right, left))} "
        + $"when length({left}) = length({right}) then {(symbol.Contains('=', StringComparison.Ordinal) ? "true" : "false")} end";

    /// <summary>A condition: the text is a date, whole or partial, or a dateTime.</summary>
    public static string IsDay(string text) => $@"{text} ~ '^\d{{4}}(-\d\d(-\d\d(T.*)?)?)?$'";

    private static string Equal(string left, string right) =>
        $"case when {left} = {right} then true "
        + $"when length({left}) > 10 and length({right}) > 10 then {SafeCast.Timestamp(left)} = {SafeCast.Timestamp(right)} "
        + $"when {Common(left, right)} <> {Common(right, left)} then false end";

    private static string Times(string symbol, PathValue left, PathValue right, SqlNames names) => Reads.Bind(
        [Reads.Text(left, names), Reads.Text(right, names)], names, x => $"{SafeCast.Time(x[0])} {symbol} {SafeCast.Time(x[1])}");

    private static string Common(string text, string other) => $"left({text}, least(length({text}), length({other}), 10))";

    private static bool IsMoment(PathValue value) => value.Kind is PathKind.Date or PathKind.DateTime or PathKind.Time;
}
