using System.Runtime.CompilerServices;
using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Queries;

/// <summary>
/// The keys that a query on the warehouse gives, each once, in the order of their bytes, in batches. One key's rows come with one query, so
/// they are never split. Read in a transaction that can change nothing.
/// </summary>
internal sealed class KeyBatches(Database warehouse, QueryKeys keys, SourceStream stream)
{
    /// <summary>Keys so far.</summary>
    public long Count { get; private set; }

    public int Batches { get; private set; }

    /// <summary>Batches as lists of literals. A key is at most <paramref name="mostBytes"/> long; a batch holds no more than that.</summary>
    public async IAsyncEnumerable<string> ReadAsync(Func<string, string> literal, int mostBytes, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var session = await warehouse.OpenAsync(cancel);
        await using var transaction = await session.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        await Statement.RunAsync(session, "set transaction read only", cancel);
        var isNumber = await DescribeAsync(session, cancel);
        await using var command = Statement.Of(session, $"""
            select distinct (q.key)::text collate "C" as key
            from ({QueryText.Parse(keys.Query).Fill(name => ":" + name)}
            ) q(key)
            where q.key is not null
            order by 1
            """);
        await using var rows = await ExecuteAsync(command, cancel);
        var batch = new List<string>(keys.Batch);
        var size = 0;
        while (await ReadAsync(rows, cancel))
        {
            var text = rows.GetString(0);
            var value = isNumber ? text : literal(text);
            if (batch.Count == keys.Batch || (batch.Count > 0 && size + value.Length * 3 > mostBytes))
            {
                yield return Take(batch);
                size = 0;
            }
            batch.Add(value);
            size += value.Length * 3 + 2; // UTF-8 has at most three bytes for a char
            Count++;
        }
        if (batch.Count > 0) yield return Take(batch);
    }

    private string Take(List<string> batch)
    {
        var list = string.Join(", ", batch);
        batch.Clear();
        Batches++;
        return list;
    }

    private async Task<bool> DescribeAsync(NpgsqlConnection session, CancellationToken cancel)
    {
        await using var command = Statement.Of(session, $"select * from ({QueryText.Parse(keys.Query).Fill(name => ":" + name)}\n) q limit 0");
        await using var rows = await ExecuteAsync(command, cancel);
        if (rows.FieldCount != 1) throw Unfit($"gives {rows.FieldCount} columns, expected one");
        return rows.GetDataTypeName(0) is "smallint" or "integer" or "bigint";
    }

    private async Task<NpgsqlDataReader> ExecuteAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        try
        {
            return await command.ExecuteReaderAsync(cancel);
        }
        catch (PostgresException error) when (!error.IsTransient && error.SqlState != PostgresErrorCodes.QueryCanceled)
        {
            throw Unfit($"is refused by the warehouse: {DatabaseError.From(error).Message} (SQLSTATE {error.SqlState})");
        }
    }

    private async Task<bool> ReadAsync(NpgsqlDataReader rows, CancellationToken cancel)
    {
        try
        {
            return await rows.ReadAsync(cancel);
        }
        catch (PostgresException error) when (!error.IsTransient && error.SqlState != PostgresErrorCodes.QueryCanceled)
        {
            throw Unfit($"is refused by the warehouse: {DatabaseError.From(error).Message} (SQLSTATE {error.SqlState})");
        }
    }

    private UserErrorException Unfit(string why) => new(
        ErrorCodes.KeysUnfit, stream.Source.At, $"The query of `keys:` of {stream.Key} {why}.",
        "It is SQL of the warehouse that gives one column, such as select care_plan_id from raw.care_plan; what it reads must be loaded before (`after:`).");
}
