namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Functions on texts, and <c>join</c>, which makes one of many.</summary>
internal static class TextFunctions
{
    public static readonly PathFunction[] All =
    [
        new("join", 0, 1, Join),
        new("startsWith", 1, 1, call => PathCall.Boolean($"starts_with({call.SourceText}, {call.Text(0)})")),
        new("endsWith", 1, 1, call => PathCall.Boolean(Two(call, (text, end) => $"right({text}, length({end})) = {end}"))),
        new("contains", 1, 1, call => PathCall.Boolean($"(strpos({call.SourceText}, {call.Text(0)}) > 0)")),
        new("indexOf", 1, 1, call => new PathValue.Scalar($"(strpos({call.SourceText}, {call.Text(0)}) - 1)", PathKind.Integer)),
        new("substring", 1, 2, Substring),
        new("upper", 0, 0, call => Text($"upper({call.SourceText})")),
        new("lower", 0, 0, call => Text($"lower({call.SourceText})")),
        new("trim", 0, 0, call => Text($@"btrim({call.SourceText}, E' \t\r\n\f')")),
        new("length", 0, 0, call => new PathValue.Scalar($"length({call.SourceText})", PathKind.Integer)),
        new("replace", 2, 2, Replace),
        new("matches", 1, 1, call => PathCall.Boolean($"({call.SourceText} ~ {call.Text(0)})")),
        new("replaceMatches", 2, 2, call => Text($@"regexp_replace({call.SourceText}, {call.Text(0)}, regexp_replace(replace({call.Text(1)}, '\', '\\'), '\$(\d)', '\\\1', 'g'), 'g')")),
        new("split", 1, 1, call => Collections.OfArray($"to_jsonb(string_to_array({call.SourceText}, {call.Text(0)}))", PathKind.String)),
        new("toChars", 0, 0, call => Collections.OfArray($"to_jsonb(string_to_array({call.SourceText}, null))", PathKind.String)),
        new("toString", 0, 0, call => Text(call.SourceAsText)),
    ];

    private static PathValue.Scalar Join(PathCall call)
    {
        var item = call.Names.Next("v");
        var separator = call.Has(0) ? call.Text(0) : "''";
        return Text($"(select string_agg({item} #>> '{{}}', {separator}) from {Collections.Rows(Collections.Items(call.Source, call.Names))} as {item})");
    }

    /// <summary>Empty when the start lies outside the text.</summary>
    private static PathValue.Scalar Substring(PathCall call)
    {
        var start = call.Number(0);
        return Text(Reads.Bind([call.SourceText, start, call.Has(1) ? call.Number(1) : "null"], call.Names, x =>
            $"case when {x[1]} >= 0 and {x[1]} < length({x[0]}) then substr({x[0]}, {x[1]}::int + 1"
            + (call.Has(1) ? $", greatest(0, least({x[2]}, length({x[0]})))::int) end" : ") end")));
    }

    /// <summary>An empty pattern stands before each character and at the end.</summary>
    private static PathValue.Scalar Replace(PathCall call) => Text(Reads.Bind([call.SourceText, call.Text(0), call.Text(1)], call.Names, x =>
        $@"case when {x[1]} = '' then regexp_replace({x[0]}, '', replace({x[2]}, '\', '\\'), 'g') else replace({x[0]}, {x[1]}, {x[2]}) end"));

    private static string Two(PathCall call, Func<string, string, string> form) => Reads.Bind([call.SourceText, call.Text(0)], call.Names, x => form(x[0], x[1]));

    private static PathValue.Scalar Text(string sql) => new(sql, PathKind.String);
}
