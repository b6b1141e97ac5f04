using Tributary.Core.Postgres;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Functions on numbers, and conversions; what cannot be converted is empty.</summary>
internal static class NumberFunctions
{
    public static readonly PathFunction[] All =
    [
        new("abs", 0, 0, call => Same(call, $"abs({call.SourceNumber})")),
        new("ceiling", 0, 0, call => Whole($"ceil({call.SourceNumber})")),
        new("floor", 0, 0, call => Whole($"floor({call.SourceNumber})")),
        new("truncate", 0, 0, call => Whole($"trunc({call.SourceNumber})")),
        new("round", 0, 1, call => Decimal($"round(({call.SourceNumber})::numeric, {(call.Has(0) ? call.Whole(0) : 0)})")),
        new("sqrt", 0, 0, call => Decimal(Above(call, "sqrt", ">="))),
        new("ln", 0, 0, call => Decimal(Above(call, "ln", ">"))),
        new("power", 1, 1, Power),
        new("exp", 0, 0, call => Decimal($"exp(({call.SourceNumber})::numeric)")),
        new("sum", 0, 0, call => Aggregate(call, "sum")),
        new("min", 0, 0, call => Aggregate(call, "min")),
        new("max", 0, 0, call => Aggregate(call, "max")),
        new("avg", 0, 0, call => Aggregate(call, "avg")),
        new("toInteger", 0, 0, call => Whole(call.Source.Kind == PathKind.Boolean ? $"({Reads.Boolean(call.Source, call.Names)})::int"
            : Converted(call, text => $"case when {text} ~ '^[+-]?\\d{{1,18}}$' then {text}::numeric when {text} = 'true' then 1 when {text} = 'false' then 0 end"))),
        new("toDecimal", 0, 0, call => Decimal(Converted(call, SafeCast.Numeric))),
        new("toBoolean", 0, 0, call => PathCall.Boolean(Converted(call, text =>
            $"case when lower({text}) in ('true', 't', 'yes', 'y', '1', '1.0') then true when lower({text}) in ('false', 'f', 'no', 'n', '0', '0.0') then false end"))),
        new("toDate", 0, 0, call => new PathValue.Scalar(
            Converted(call, text => $@"case when {text} ~ '^\d{{4}}(-\d\d(-\d\d(T.*)?)?)?$' then left({text}, 10) end"), PathKind.Date)),
        new("toDateTime", 0, 0, call => new PathValue.Scalar(Converted(call, text => $"case when {Moments.IsDay(text)} then {text} end"), PathKind.DateTime)),
        new("toTime", 0, 0, call => new PathValue.Scalar(Converted(call, text => $@"case when {text} ~ '^\d\d:\d\d(:\d\d(\.\d+)?)?$' then {text} end"), PathKind.Time)),
    ];

    private static PathValue.Scalar Same(PathCall call, string sql) => new(sql, call.Source.Kind == PathKind.Integer ? PathKind.Integer : PathKind.Decimal);

    private static PathValue.Scalar Whole(string sql) => new(sql, PathKind.Integer);

    private static PathValue.Scalar Decimal(string sql) => new(sql, PathKind.Decimal);

    private static string Converted(PathCall call, Func<string, string> form) => Reads.Bind([call.SourceAsText], call.Names, x => form(x[0]));

    /// <summary>Empty where there is no answer: a root of a negative number, 0 to a negative power, more than numeric holds.</summary>
    private static PathValue.Scalar Power(PathCall call) => Same(call, Reads.Bind([$"({call.SourceNumber})::numeric", $"({call.Number(0)})::numeric"], call.Names, x =>
        $"case when abs({x[1]}) <= 1000 and ({x[0]} > 0 or ({x[0]} < 0 and {x[1]} = trunc({x[1]})) or ({x[0]} = 0 and {x[1]} >= 0)) then trim_scale(power({x[0]}, {x[1]})) end"));

    private static string Above(PathCall call, string function, string symbol) => Reads.Bind([call.SourceNumber], call.Names, x => $"case when {x[0]} {symbol} 0 then {function}({x[0]}::numeric) end");

    private static PathValue.Scalar Aggregate(PathCall call, string function)
    {
        var item = call.Names.Next("v");
        var rows = Collections.Rows(Collections.Items(call.Source, call.Names));
        return Decimal($"(select {function}(case jsonb_typeof({item}) when 'number' then {item}::numeric end) from {rows} as {item})");
    }
}
