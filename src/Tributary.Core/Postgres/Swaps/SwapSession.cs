using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Swaps;

/// <summary>The statements of one swap on the caller's connection, inside the caller's transaction.</summary>
internal sealed class SwapSession(NpgsqlConnection connection)
{
    public async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<string?> TextAsync(string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    /// <summary>Rows of one of this folder's <c>.sql</c> files.</summary>
    public async Task<List<T>> RowsAsync<T>(string file, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(Sql.Read($"Postgres/Swaps/{file}"), values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Statements that give relation <paramref name="now"/> what <paramref name="oid"/> has beside its rows; <paramref name="newOid"/> null: it is made again from its definition.</summary>
    public Task<List<string>> KeptAsync(uint oid, Relation now, uint? newOid, string kind, CancellationToken cancel) =>
        RowsAsync("read_kept.sql", row => row.GetString(0), cancel, (long)oid, now.Schema, now.Name, (long?)newOid, kind);

    private NpgsqlCommand Command(string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(object? value) => value is null
        ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint }
        : new() { Value = value };
}
