namespace Tributary.Core.Models.Context.Functions;

/// <summary>What the server said of a statement: its word (<c>SELECT</c>, <c>INSERT</c>) and the rows that it touched.</summary>
internal sealed class StatementAnswer(string code, long rows) : ContextObject
{
    public override string TypeName => "AdapterResponse";

    public override bool TryGetAttribute(string name, out object? value)
    {
        (var known, value) = name switch
        {
            "code" => (true, code),
            "rows_affected" => (true, (object?)rows),
            "message" or "_message" => (true, ToString()),
            _ => (false, null),
        };
        return known;
    }

    public override string ToString() => $"{code} {rows}".TrimStart();
}
