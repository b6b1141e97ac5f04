using System.Data;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Models.Seeds;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Jinja;

namespace Tributary.Core.Models.Context;

/// <summary>
/// The one connection of a node, with its open transaction. Statements run while a template renders, so these calls block; what
/// nobody reads the answer of is sent together (<see cref="StatementQueue"/>). An interrupt cancels the statement on the server.
/// </summary>
internal sealed class WarehouseSession
{
    private readonly Dictionary<string, int> besides = new(StringComparer.Ordinal);
    private readonly List<string> afterCommit = [];
    private readonly List<string> sent = [];
    private readonly StatementQueue queue;
    private readonly bool isEager;

    /// <summary>
    /// A session whose transaction the caller has begun and will end, and which knows nothing but what it asks; or, with the
    /// relations of a run, one that begins by itself and ends by <see cref="Commit()"/>.
    /// </summary>
    public WarehouseSession(Lazy<NpgsqlConnection> opened, string database, CancellationToken cancel, RelationCache? relations = null, WriterLock? writer = null)
    {
        Database = database;
        isEager = relations is null;
        queue = new StatementQueue(opened, managesTransaction: !isEager, cancel) { Writer = writer };
        Cancel = cancel;
        if (relations is not null) Relations = new SessionRelations(relations, schemas => Catalog.List(schemas));
        Publication = new Publication(queue, Relations, sent, cancel);
    }

    public string Database { get; }

    /// <summary>Opened when it is first needed; what was queued is sent before.</summary>
    public NpgsqlConnection Connection
    {
        get
        {
            IsAsNew = false;
            return queue.Connection;
        }
    }

    /// <summary>
    /// Nothing was done through it whose traces could outlive its transaction: settings, temporary relations, what functions did.
    /// A definition of a view runs nothing.
    /// </summary>
    public bool IsAsNew { get; private set; } = true;

    public CatalogReader Catalog => new(this);

    /// <summary>What is known of the relations; null: the server is asked each time.</summary>
    public SessionRelations? Relations { get; }

    /// <summary>Hooks that are to run after the engine's commit, each by itself.</summary>
    public IReadOnlyList<string> AfterCommit => afterCommit;

    /// <summary>Something was committed that a second build of the node would do again.</summary>
    public bool HasCommitted { get; private set; }

    /// <summary>Rows of the statement that made the relation: the largest that a statement touched before it was published.</summary>
    public long MainRows => queue.MostRows;

    /// <summary>Puts what was built where readers find it.</summary>
    public Publication Publication { get; }

    /// <summary>Puts the project's comment around a statement of a template; null: it wants none.</summary>
    public Func<string, string>? Comment { get; set; }

    /// <summary>Where tables print themselves.</summary>
    public required Action<string> Print { get; init; }

    /// <summary>The seed that this node loads; null for other nodes.</summary>
    public SeedTable? Seed { get; init; }

    /// <summary>The statements of templates, in their order; those of the engine itself are not among them.</summary>
    public IReadOnlyList<string> Sent => sent;

    /// <summary>The statement that is running or ran last, for the place of an error.</summary>
    public string LastStatement => queue.LastStatement;

    private CancellationToken Cancel { get; }

    /// <summary>Runs one or more statements; the table holds what the last one returned when <paramref name="fetch"/> asks for it.</summary>
    public (StatementAnswer Answer, AgateTable? Table) Execute(string sql, bool fetch)
    {
        var answer = StatementAnswer.Given("", 0, "");
        AgateTable? table = null;
        var pieces = SqlScan.Split(sql);
        sent.AddRange(pieces);
        if (pieces.Count > 0) Publication.WaitAsUsual();
        for (var i = 0; i < pieces.Count; i++)
        {
            answer = new StatementAnswer(pieces[i], queue.Flush);
            table = Send(new QueuedStatement(Comment?.Invoke(pieces[i]) ?? pieces[i]) { Answer = answer }, fetch && i == pieces.Count - 1);
        }
        if (isEager || queue.IsAutocommit) queue.Flush();
        if (queue.IsAutocommit) Relations?.Committed();
        return (answer, table ?? (fetch ? AgateTable.Empty : null));
    }

    /// <summary>Rows of one of our own queries; parameters are text.</summary>
    public List<object?[]> Rows(string sql, params object?[] parameters) =>
        queue.Read(new QueuedStatement(sql) { Parameters = parameters, IsOurs = true }, ReadRows) ?? [];

    /// <summary>The columns that a query would return; it is prepared, not run.</summary>
    public List<object?> Describe(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection);
        using var reader = command.ExecuteReader(CommandBehavior.SchemaOnly);
        return [.. reader.GetColumnSchema().Select(column => (object?)ColumnValue.FromDescription(column.ColumnName, column.DataTypeName ?? "text"))];
    }

    public string RunHook(string sql, bool insideTransaction, bool isAfter)
    {
        if (insideTransaction) Execute(sql, fetch: false);
        else if (isAfter) afterCommit.Add(sql);
        else RunOutside(sql);
        return "";
    }

    public long CopySeed(RelationValue relation, bool quotesColumns)
    {
        if (Seed is null) throw new TemplateException("copy_seed() belongs to the materialization of seeds");
        var rows = Seed.CopyTo(Connection, relation.Place, quotesColumns, Cancel);
        SeedRows = rows;
        return rows;
    }

    /// <summary>The seed's rows as a table of templates, with the types that dbt reads into the file.</summary>
    public AgateTable ReadSeed()
    {
        const string Rows = "tributary_seed_rows";
        if (Seed is null) throw new TemplateException("load_agate_table() belongs to the materialization of seeds");
        Add($"create temporary table {Rows} ({string.Join(", ", Seed.Columns.Select(column => $"{Identifier.Quote(column.Name)} {column.Guessed}"))}) on commit drop");
        Seed.CopyTo(Connection, new Relation("pg_temp", Rows), quotesColumns: true, Cancel);
        var table = queue.ReadText(QueuedStatement.Ours($"select * from pg_temp.{Rows}"), reader => QueryTable.Read(reader, Print)) ?? AgateTable.Empty;
        Add($"drop table pg_temp.{Rows}");
        return table;
    }

    /// <summary>The suffix for one more relation beside this one: as it is at first, numbered from then on.</summary>
    public string Another(RelationValue relation, string suffix)
    {
        var count = besides[relation.ToString() + suffix] = besides.GetValueOrDefault(relation.ToString() + suffix) + 1;
        return count == 1 ? suffix : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{suffix}{count}");
    }

    /// <summary>Rows that the seed's COPY brought.</summary>
    public long? SeedRows { get; private set; }

    /// <summary>Sends what is left and commits.</summary>
    public void Commit()
    {
        queue.Commit();
        HaveCommitted();
    }

    /// <summary>Sends what is left, the success record behind it, and commits, in one message.</summary>
    public SuccessRecord Commit(Success success, RunContext run)
    {
        if (success.Cursor is { } cursor)
            queue.Add(new QueuedStatement(ChangeCursor.Sql) { IsOurs = true, Bind = parameters => Success.BindCursor(parameters, run, success.NodeId, cursor) });
        var statement = new QueuedStatement(Success.Sql) { IsOurs = true, Bind = parameters => success.Bind(parameters, run) };
        var record = queue.Read(statement, row => row.Read() ? success.Read(row) : null, commits: true) ?? throw new InvalidOperationException("The success record was not written.");
        HaveCommitted();
        return record;
    }

    /// <summary>Queues a statement of the engine's own.</summary>
    public void Add(string sql) => queue.Add(QueuedStatement.Ours(sql));

    /// <summary>
    /// The rows of a query (its parameter is text) behind a statement that may be refused; null when one of both is: then the
    /// transaction, which holds nothing else yet, begins anew.
    /// </summary>
    public List<object?[]>? TryRows(string before, string sql, string parameter)
    {
        var isRefused = false;
        var detour = new Detour(error => !DatabaseError.IsPassing(error), () =>
        {
            isRefused = true;
            queue.Rollback();
        });
        queue.Add(QueuedStatement.Ours(before, detour));
        var rows = queue.Read(QueuedStatement.Ours(sql, detour, parameter), ReadRows);
        return isRefused ? null : rows;
    }

    private void HaveCommitted()
    {
        Relations?.Committed();
        HasCommitted = true;
        Publication.HasCommitted();
    }

    /// <summary>From here on each call of <see cref="Execute"/> commits by itself.</summary>
    public void CommitEachStatement() => queue.IsAutocommit = true;

    /// <summary>
    /// An operation's session: statements commit by themselves, but for those that ask for a transaction, which is then open until a
    /// template commits it.
    /// </summary>
    public bool IsOperation { get; init; }

    /// <summary>A template left a transaction open.</summary>
    public bool HasOpenTransaction => queue.IsInTransaction;

    /// <summary>A statement asks for a transaction.</summary>
    public void BeginForTemplate()
    {
        if (IsOperation && !queue.IsInTransaction) Execute("begin", fetch: false);
    }

    /// <summary>A template asks for a commit; of a node the engine commits.</summary>
    public string CommitForTemplate()
    {
        if (IsOperation && queue.IsInTransaction) Execute("commit", fetch: false);
        return "";
    }

    /// <summary>One or more statements that commit by themselves.</summary>
    public void RunOutside(string sql)
    {
        if (queue.IsUsed) Commit();
        HasCommitted = true;
        IsAsNew = false;
        var pieces = SqlScan.Split(sql);
        foreach (var piece in pieces) Relations?.Note(EffectReader.Of(piece));
        queue.SendOutside(pieces);
        Relations?.Committed();
    }

    private AgateTable? Send(QueuedStatement statement, bool fetch)
    {
        var boundary = TransactionWord.Of(statement.Sql);
        if (boundary != TransactionWord.Kind.None && !isEager)
        {
            IsAsNew = false;
            queue.SendBoundary(statement, begins: boundary == TransactionWord.Kind.Begins);
            if (boundary == TransactionWord.Kind.Commits) Relations?.Committed();
            if (boundary == TransactionWord.Kind.TakesBack) Relations?.Clear();
            HasCommitted = true;
            return null;
        }
        var effect = EffectReader.Of(statement.Sql);
        Relations?.Note(effect);
        IsAsNew &= effect is RelationEffect.Added { Kind: "view", IsTemporary: false };
        if (fetch) return queue.ReadText(statement, reader => QueryTable.Read(reader, Print));
        queue.Add(statement);
        return null;
    }

    private static List<object?[]> ReadRows(NpgsqlDataReader reader)
    {
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }
}
