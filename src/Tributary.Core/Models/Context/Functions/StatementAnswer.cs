using Npgsql;
using Tributary.Core.Models.Context.Sessions;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>
/// What the server said of a statement: its words (<c>SELECT</c>, <c>CREATE VIEW</c>) and the rows that it touched. A statement
/// whose answer nobody reads need not have been sent yet: reading calls <paramref name="send"/> first.
/// </summary>
internal sealed class StatementAnswer(string sql, Action? send = null) : ContextObject
{
    private string? code;
    private string message = "";
    private long rows = -1;

    public override string TypeName => "AdapterResponse";

    public string Code => Known().code!; // known after it was sent

    public long Rows => Known().rows;

    public string Message => Known().message;

    /// <summary>dbt's <c>adapter_response</c>.</summary>
    public IReadOnlyDictionary<string, object?> Document => new Dictionary<string, object?> { ["_message"] = Message, ["code"] = Code, ["rows_affected"] = Rows };

    /// <summary>An answer that no statement gave.</summary>
    public static StatementAnswer Given(string code, long rows, string message) => new("") { code = code, rows = rows, message = message };

    /// <summary><paramref name="touched"/> counts for statements that return or change rows.</summary>
    public void Complete(StatementType type, long touched)
    {
        code = type switch
        {
            StatementType.Select or StatementType.CreateTableAs => "SELECT",
            StatementType.Insert => "INSERT",
            StatementType.Update => "UPDATE",
            StatementType.Delete => "DELETE",
            StatementType.Merge => "MERGE",
            StatementType.Copy => "COPY",
            _ => CommandTag.Of(sql),
        };
        rows = type is StatementType.Other or StatementType.Unknown or StatementType.Call ? -1 : touched;
        message = rows < 0 ? code : type == StatementType.Insert ? $"INSERT 0 {rows}" : $"{code} {rows}";
    }

    public override bool TryGetAttribute(string name, out object? value)
    {
        (var known, value) = name switch
        {
            "code" => (true, Code),
            "rows_affected" => (true, (object?)Rows),
            "message" or "_message" => (true, Message),
            _ => (false, null),
        };
        return known;
    }

    public override string ToString() => Message;

    private StatementAnswer Known()
    {
        if (code is null) send?.Invoke();
        code ??= "";
        return this;
    }
}
