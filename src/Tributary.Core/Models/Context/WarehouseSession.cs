using System.Text.RegularExpressions;
using Npgsql;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Models.Seeds;
using Tributary.Core.Postgres.Swaps;
using Tributary.Jinja;

namespace Tributary.Core.Models.Context;

/// <summary>
/// The one connection of a node, with its open transaction. Statements run while a template renders, so these calls block;
/// nothing here commits. An interrupt cancels the statement on the server.
/// </summary>
internal sealed partial class WarehouseSession(Lazy<NpgsqlConnection> opened, string database, CancellationToken cancel)
{
    private readonly List<string> afterCommit = [];

    public string Database => database;

    /// <summary>Opened when it is first needed.</summary>
    public NpgsqlConnection Connection => opened.Value;

    public CatalogReader Catalog => new(this);

    /// <summary>Statements of hooks that are to run after the engine's commit, each by itself.</summary>
    public IReadOnlyList<string> AfterCommit => afterCommit;

    /// <summary>Rows of the statement that made the relation: the largest that a statement touched before it was published.</summary>
    public long MainRows { get; private set; }

    /// <summary>The oid of the relation that was published last; null before.</summary>
    public uint? PublishedOid { get; private set; }

    /// <summary>The seed that this node loads; null for other nodes.</summary>
    public SeedTable? Seed { get; init; }

    /// <summary>The statement that is running or ran last, for the place of an error.</summary>
    public string LastStatement { get; private set; } = "";

    /// <summary>Runs one or more statements; the table holds what the last one returned when <paramref name="fetch"/> asks for it.</summary>
    public (StatementAnswer Answer, AgateTable? Table) Execute(string sql, bool fetch)
    {
        LastStatement = sql;
        using var command = new NpgsqlCommand(sql, Connection);
        using var interrupt = cancel.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        AgateTable? table = null;
        do
        {
            if (fetch && reader.FieldCount > 0) table = QueryTable.Read(reader);
            else while (reader.Read()) cancel.ThrowIfCancellationRequested();
        }
        while (reader.NextResult());
#pragma warning disable CS0618 // Batches do not split at semicolons, and RecordsAffected leaves CREATE TABLE AS out.
        var rows = (long)(reader.Statements.Count == 0 ? 0 : reader.Statements[^1].Rows);
#pragma warning restore CS0618
        MainRows = Math.Max(MainRows, rows);
        return (new StatementAnswer(FirstWord(sql), table?.Rows.All.Count ?? rows), table ?? (fetch ? new AgateTable([], []) : null));
    }

    /// <summary>Rows of one of our own queries; parameters are text.</summary>
    public List<object?[]> Rows(string sql, params string?[] parameters)
    {
        using var command = new NpgsqlCommand(sql, Connection);
        foreach (var value in parameters) command.Parameters.Add(new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>The columns that a query would return; it is prepared, not run.</summary>
    public List<object?> Describe(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection);
        using var reader = command.ExecuteReader(System.Data.CommandBehavior.SchemaOnly);
        return [.. reader.GetColumnSchema().Select(column => (object?)ColumnValue.FromDescription(column.ColumnName, column.DataTypeName ?? "text"))];
    }

    /// <summary>
    /// Puts the built relation in the target's place, in this transaction; the target's dependants, grants and comments stay. What
    /// was built in its place, because nothing stood there, is left.
    /// </summary>
    public string Publish(RelationValue built, RelationValue target)
    {
        if (built.Place == target.Place) return "";
        // Templates are rendered on a pool thread without a synchronization context, so this wait cannot lock itself out.
        var result = Swap.RunAsync(Connection, built.Place, target.Place, cancel).GetAwaiter().GetResult();
        PublishedOid = result.Oid;
        return "";
    }

    /// <summary>
    /// Replaces a view where it stands, which spares a swap. False, and nothing is changed, when its columns forbid that or a reader
    /// holds it for long: then it must be built beside and published.
    /// </summary>
    public bool ReplaceView(string createSql)
    {
        var create = CreateView().Match(createSql);
        if (!create.Success) return false;
        var sql = $"create or replace view{createSql[create.Length..]}";
        try
        {
            Execute($"savepoint tributary_view; set local lock_timeout = '2s'; {sql}; set local lock_timeout to default; release savepoint tributary_view", fetch: false);
            return true;
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InvalidTableDefinition or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            Execute("rollback to savepoint tributary_view; release savepoint tributary_view", fetch: false);
            return false;
        }
    }

    [GeneratedRegex(@"^\s*create\s+view\b", RegexOptions.IgnoreCase)]
    private static partial Regex CreateView();

    public string RunHook(string sql, bool insideTransaction)
    {
        if (insideTransaction) Execute(sql, fetch: false);
        else afterCommit.Add(sql);
        return "";
    }

    public string CopySeed(RelationValue relation)
    {
        if (Seed is null) throw new TemplateException("copy_seed() belongs to the materialization of seeds");
        MainRows = Seed.CopyTo(Connection, relation.Place, cancel);
        return "";
    }

    private static string FirstWord(string sql)
    {
        var start = sql.AsSpan().TrimStart();
        var end = 0;
        while (end < start.Length && char.IsAsciiLetter(start[end])) end++;
        return start[..end].ToString().ToUpperInvariant();
    }
}
