using Npgsql;
using NpgsqlTypes;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>
/// The statements of one session and its transaction. What nobody reads the answer of is queued; then all of it travels in one
/// message, BEGIN and COMMIT included. Blocks: templates are rendered synchronously. An interrupt cancels on the server.
/// </summary>
internal sealed class StatementQueue(Lazy<NpgsqlConnection> opened, bool managesTransaction, CancellationToken cancel)
{
    private List<QueuedStatement> queue = [];

    /// <summary>What is sent commits by itself: so it was asked for, or a template committed by a statement of its own (as with dbt's driver).</summary>
    public bool IsAutocommit { get; set; }

    /// <summary>A transaction of ours was begun and not ended; it may have failed.</summary>
    public bool IsInTransaction { get; private set; }

    /// <summary>Something was sent or waits in this transaction.</summary>
    public bool IsUsed => IsInTransaction || queue.Count > 0;

    /// <summary>The statement that ran last, or that was refused.</summary>
    public string LastStatement { get; private set; } = "";

    /// <summary>The most rows that one statement touched.</summary>
    public long MostRows { get; private set; }

    /// <summary>The connection for those that use it directly: everything queued is sent, and a transaction is open.</summary>
    public NpgsqlConnection Connection
    {
        get
        {
            Flush();
            if (managesTransaction && !IsInTransaction && !IsAutocommit) SendAll<object>(null, commits: false);
            return opened.Value;
        }
    }

    public void Add(QueuedStatement statement) => queue.Add(statement);

    public void Flush()
    {
        if (queue.Count > 0) SendAll<object>(null, commits: false);
    }

    /// <summary>The writer's lock that each transaction takes when it begins; null: none.</summary>
    public WriterLock? Writer { get; init; }

    /// <summary>Sends what waits and this statement behind it, and reads what it returns; then commits, if asked to.</summary>
    public T? Read<T>(QueuedStatement statement, Func<NpgsqlDataReader, T> read, bool commits = false)
    {
        queue.Add(statement);
        return SendAll(read, commits);
    }

    /// <summary>
    /// The same with every value as PostgreSQL writes it, which is what templates get their values from. A batch has no word for
    /// that, so what waits is sent before; only a BEGIN travels along.
    /// </summary>
    public T? ReadText<T>(QueuedStatement statement, Func<NpgsqlDataReader, T> read)
    {
        Flush();
        if (Writer is not null) _ = Connection; // begins with the writer's lock
        var begins = managesTransaction && !IsInTransaction && !IsAutocommit;
        LastStatement = statement.Sql;
        using var command = new NpgsqlCommand((begins ? "begin; " : "") + statement.Sql, opened.Value) { AllResultTypesAreUnknown = true };
        IsInTransaction |= begins;
        using var interrupt = cancel.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        T? result = default;
        do
        {
            if (reader.FieldCount > 0) result = read(reader);
        }
        while (reader.NextResult());
#pragma warning disable CS0618 // A command tells the rows of one statement nowhere else.
        if (reader.Statements is [.., var last]) statement.Answer?.Complete(last.StatementType, (long)last.Rows);
#pragma warning restore CS0618
        return result;
    }

    /// <summary>Sends what waits and commits, in one message.</summary>
    public void Commit() => SendAll<object>(null, commits: true);

    /// <summary>Takes back what was done since the savepoint, and what waits; the savepoint stands.</summary>
    public void RollbackTo(string savepoint)
    {
        queue.Clear();
        SendAlone($"rollback to savepoint {savepoint}");
    }

    /// <summary>Takes back what the open transaction did, and what waits in it.</summary>
    public void Rollback()
    {
        queue.Clear();
        if (IsInTransaction) SendAlone("rollback");
        IsInTransaction = false;
    }

    /// <summary>Statements outside any transaction of ours: several are one to the server, as in one message of dbt's driver.</summary>
    public void SendOutside(IEnumerable<string> statements)
    {
        if (IsUsed) Commit();
        Send<object>([.. statements.Select(sql => new QueuedStatement(sql))], null, commits: false, isOutside: true);
    }

    /// <summary>A template ended (or began) the transaction by a statement of its own.</summary>
    public void SendBoundary(QueuedStatement statement, bool begins)
    {
        Flush();
        if (begins && !IsInTransaction && !IsAutocommit)
        {
            SendAll<object>(null, commits: false);
            statement.Answer?.Complete(StatementType.Other, 0);
        }
        else Send<object>([statement], null, commits: false, isOutside: true);
        IsInTransaction = begins;
        IsAutocommit = !begins;
    }

    private T? SendAll<T>(Func<NpgsqlDataReader, T>? read, bool commits)
    {
        while (true)
        {
            var sent = queue;
            queue = [];
            try
            {
                return Send(sent, read, commits);
            }
            catch (PostgresException error) when (Writer is { Sent: { } waited } && waited == error.BatchCommand && WriterLock.IsTaken(error))
            {
                Rollback();
                Writer.Wait(opened.Value, cancel);
                queue = sent;
            }
            catch (PostgresException error) when (Refused(sent, error) is { Detour: { } detour } && detour.IsFor(error))
            {
                detour.Take();
                queue.AddRange(sent.Skip(sent.FindLastIndex(statement => statement.Detour == detour) + 1));
                if (queue.Count == 0 && !commits) return default;
            }
        }
    }

    private T? Send<T>(List<QueuedStatement> statements, Func<NpgsqlDataReader, T>? read, bool commits, bool isOutside = false)
    {
        using var batch = new NpgsqlBatch(opened.Value);
        var begins = managesTransaction && !IsInTransaction && !IsAutocommit && !isOutside && !(commits && IsOneByItself(statements));
        if (begins) batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        if (begins && Writer is not null) batch.BatchCommands.Add(Writer.Command());
        var offset = batch.BatchCommands.Count;
        foreach (var statement in statements) batch.BatchCommands.Add(Command(statement));
        IsInTransaction |= begins;
        if (commits && IsInTransaction) batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        if (batch.BatchCommands.Count == 0) return default;
        if (statements.Count > 0) LastStatement = statements[^1].Sql;
        var result = Execute(batch, statements, offset + statements.Count - 1, read);
        if (commits) IsInTransaction = false;
        Complete(batch, statements, offset);
        return result;
    }

    /// <summary>What the server makes one transaction without being told: one statement, or what is sent up to one Sync.</summary>
    private static bool IsOneByItself(List<QueuedStatement> statements) => statements.Count <= 1 || statements.TrueForAll(statement => statement.IsOurs);

    private T? Execute<T>(NpgsqlBatch batch, List<QueuedStatement> statements, int last, Func<NpgsqlDataReader, T>? read)
    {
        using var interrupt = cancel.Register(batch.Cancel);
        try
        {
            using var reader = batch.ExecuteReader();
            T? result = default;
            do
            {
                if (read is not null && reader.FieldCount > 0 && IsAt(batch, last)) result = read(reader);
                else while (reader.Read()) cancel.ThrowIfCancellationRequested();
            }
            while (reader.NextResult());
            return result;
        }
        catch (PostgresException error)
        {
            if (Refused(statements, error) is { } refused) LastStatement = refused.Sql;
            throw;
        }
    }

    /// <summary>The reader stops at results with rows only; commands that are done have a type.</summary>
    private static bool IsAt(NpgsqlBatch batch, int index) =>
        (index == 0 || batch.BatchCommands[index - 1].StatementType != StatementType.Unknown) && batch.BatchCommands[index].StatementType == StatementType.Unknown;

    private void Complete(NpgsqlBatch batch, List<QueuedStatement> statements, int offset)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            var command = batch.BatchCommands[i + offset];
            var rows = (long)command.Rows;
            if (statements[i].Answer is not { } answer) continue;
            answer.Complete(command.StatementType, rows);
            MostRows = Math.Max(MostRows, rows);
        }
    }

    private static QueuedStatement? Refused(List<QueuedStatement> sent, PostgresException error) =>
        sent.Find(statement => statement.Sent == error.BatchCommand) ?? (sent.Count == 1 ? sent[0] : null);

    private static NpgsqlBatchCommand Command(QueuedStatement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        statement.Bind?.Invoke(command.Parameters);
        foreach (var value in statement.Parameters)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = value is string[]? NpgsqlDbType.Array | NpgsqlDbType.Text : NpgsqlDbType.Text });
        statement.Sent = command;
        return command;
    }

    private void SendAlone(string sql)
    {
        using var command = new NpgsqlCommand(sql, opened.Value);
        command.ExecuteNonQuery();
    }
}
