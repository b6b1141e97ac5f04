using System.Text.Json;
using Tributary.Core.Models.Configs;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>A node's hooks as its materialization sees them: <c>{'sql': …, 'transaction': true, 'index': 0}</c>.</summary>
internal static class Hooks
{
    /// <summary>Of a microbatch model, those before belong to its first batch and those after to its last.</summary>
    public static List<object?> Of(NodeContext context, string key) =>
        context.Run?.Batch is { } batch && !(key == "pre_hook" ? batch.IsFirst : batch.IsLast) ? [] : Of(context.Node.Config[key], isAfter: key == "post_hook");

    public static List<object?> Of(object? hooks, bool isAfter) => [.. ConfigMerge.List(hooks).Select((hook, index) => (object?)One(hook, index, isAfter))];

    private static JinjaDict One(object? hook, int index, bool isAfter)
    {
        var (sql, inTransaction) = Read(hook);
        return new JinjaDict { ["sql"] = sql, ["transaction"] = inTransaction, ["index"] = (long)index, ["after"] = isAfter };
    }

    /// <summary>Text, a map with <c>sql</c> and <c>transaction</c>, or that map as JSON (what before_begin() and after_commit() write).</summary>
    private static (string Sql, bool InTransaction) Read(object? hook)
    {
        if (hook is IReadOnlyDictionary<string, object?> map) return (PythonText.Of(map.GetValueOrDefault("sql")), map.GetValueOrDefault("transaction") is not false);
        var text = PythonText.Of(hook);
        if (!text.TrimStart().StartsWith('{') || text.TrimStart().StartsWith("{{", StringComparison.Ordinal) || text.TrimStart().StartsWith("{%", StringComparison.Ordinal)) return (text, true);
        try
        {
            using var json = JsonDocument.Parse(text);
            return (json.RootElement.GetProperty("sql").GetString() ?? "", !json.RootElement.TryGetProperty("transaction", out var flag) || flag.ValueKind != JsonValueKind.False);
        }
        catch (JsonException)
        {
            return (text, true);
        }
    }
}
