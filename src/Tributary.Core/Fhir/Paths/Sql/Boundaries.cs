using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>
/// <c>lowBoundary</c> and <c>highBoundary</c>: the least and the greatest value that a decimal, date, dateTime or time may stand for
/// (FHIRPath 3.0, "Boundary functions"); of a Period, that of its start or its end.
/// </summary>
internal static class Boundaries
{
    private const int DecimalDigits = 8;
    private const int MostDigits = 31;

    public static PathValue Of(PathCompiler compiler, PathNode.Call call, PathValue source)
    {
        var precision = Precision(call);
        var isLow = call.Name == "lowBoundary";
        if (source.Kind is PathKind.Boolean or PathKind.String) throw new PathException(call.Offset, $"{call.Name}() takes a decimal, a date, a dateTime or a time.");
        var names = compiler.Names;
        return source.Kind switch
        {
            PathKind.Nothing => source,
            PathKind.Integer or PathKind.Decimal => new PathValue.Scalar(Reads.Bind([Reads.Number(source, names)], names, x => Number(x[0], isLow, precision)), PathKind.Decimal),
            PathKind.Date or PathKind.DateTime or PathKind.Time =>
                new PathValue.Scalar(Reads.Bind([Reads.Text(source, names)], names, x => Moment(x[0], isLow, precision, source.Kind)), source.Kind),
            _ => Collections.One(Unknown(source, names, isLow, precision), PathKind.Unknown, null),
        };
    }

    private static int? Precision(PathNode.Call call)
    {
        if (call.Arguments.Count == 0) return null;
        if (call.Arguments[0] is PathNode.Literal { Kind: PathKind.Integer, Text: var digits } && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var precision)) return precision;
        if (call.Arguments[0] is PathNode.Sign { Operand: PathNode.Literal { Kind: PathKind.Integer } }) return -1;
        throw new PathException(call.Arguments[0].Offset, "Expected the precision as a whole number.");
    }

    /// <summary>The document says whether it is a number, a date or a Period.</summary>
    private static string Unknown(PathValue source, SqlNames names, bool isLow, int? precision) => Reads.Bind(
        [Reads.Each(source, names, item => $"case jsonb_typeof({item}) when 'object' then {item} -> '{(isLow ? "start" : "end")}' else {item} end")], names, x =>
            $"case jsonb_typeof({x[0]}) when 'number' then to_jsonb({Number($"(case jsonb_typeof({x[0]}) when 'number' then {x[0]}::numeric end)", isLow, precision)}) "
            + $"when 'string' then to_jsonb({Moment($"({x[0]} #>> '{{}}')", isLow, precision, PathKind.DateTime)}) end");

    private static string Number(string value, bool isLow, int? precision)
    {
        if (precision is < 0 or > MostDigits) return "null::numeric";
        var edge = $"({value}::numeric {(isLow ? "-" : "+")} 0.5 * power(10::numeric, - scale({value}::numeric)))";
        var digits = precision ?? DecimalDigits;
        var scaled = $"{edge} * power(10::numeric, {digits})";
        var cut = $"round({(isLow ? "floor" : "ceil")}({scaled}) / power(10::numeric, {digits}), {digits})";
        return precision is null ? $"trim_scale({cut})" : cut;
    }

    private static string Moment(string text, bool isLow, int? precision, PathKind kind)
    {
        var clock = ("clock", isLow ? "00:00:00.000" : "23:59:59.999");
        var length = ("length", Length(precision, kind));
        if (kind == PathKind.Time) return SqlTemplate.Fill("Fhir/Paths/Sql/boundary_of_time.sql", ("text", text), clock, length);
        return SqlTemplate.Fill("Fhir/Paths/Sql/boundary_of_date.sql", ("text", text), clock, length,
            ("first_or_last_month", isLow ? "01" : "12"),
            ("day", isLow ? "'01'" : $"to_char((left({text}, 4) || '-' || substr({text} || '-12', 6, 2) || '-01')::date + interval '1 month - 1 day', 'DD')"),
            ("zone", isLow ? "+14:00" : "-12:00"),
            ("is_date", kind == PathKind.Date ? "true" : "false"));
    }

    /// <summary>How many characters a precision is: a year has four digits, a month two more and so on.</summary>
    private static string Length(int? precision, PathKind kind) => kind switch
    {
        PathKind.Time => precision switch { null or 9 => "12", 2 => "2", 4 => "5", 6 => "8", _ => "null" },
        PathKind.Date => precision switch { null or 8 => "10", 4 => "4", 6 => "7", _ => "null" },
        _ => precision switch { null or 17 => "29", 4 => "4", 6 => "7", 8 => "10", 10 => "13", 12 => "16", 14 => "19", _ => "null" },
    };
}
