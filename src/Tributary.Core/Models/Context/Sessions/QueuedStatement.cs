using Npgsql;
using Tributary.Core.Models.Context.Functions;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>One statement that waits for its journey, with the answer that will be filled in.</summary>
internal sealed class QueuedStatement(string sql)
{
    public string Sql => sql;

    /// <summary>A statement of the engine's own.</summary>
    public static QueuedStatement Ours(string sql, Detour? detour = null, params object?[] parameters) =>
        new(sql) { IsOurs = true, Detour = detour, Parameters = parameters };

    /// <summary>The values of <c>$1</c> and on: text, or an array of it.</summary>
    public IReadOnlyList<object?> Parameters { get; init; } = [];

    /// <summary>Adds parameters of other types.</summary>
    public Action<NpgsqlParameterCollection>? Bind { get; init; }

    public StatementAnswer? Answer { get; init; }

    /// <summary>It needs no BEGIN to belong together with others of its kind in one message.</summary>
    public bool IsOurs { get; init; }

    /// <summary>What was sent of it, by which a refusal names it.</summary>
    public NpgsqlBatchCommand? Sent { get; set; }

    /// <summary>The way round, when the server refuses this statement; null: the refusal is the user's.</summary>
    public Detour? Detour { get; init; }
}
