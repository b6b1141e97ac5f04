using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest;

/// <summary>A command with positional parameters, without a time limit of its own: a load may wait for its lock for hours.</summary>
internal static class Statement
{
    public static NpgsqlCommand Of(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = 0 };

    /// <summary>The command's first three parameters are project, target and stream, as in every ledger table of loading.</summary>
    public static NpgsqlCommand Of(NpgsqlConnection connection, string sql, ProjectKey key, string stream) => Of(connection, sql)
        .With(NpgsqlDbType.Text, key.Project).With(NpgsqlDbType.Text, key.Target).With(NpgsqlDbType.Text, stream);

    public static NpgsqlCommand With(this NpgsqlCommand command, NpgsqlDbType type, object? value)
    {
        command.Parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return command;
    }

    public static async Task<int> RunAsync(this NpgsqlCommand command, CancellationToken cancel)
    {
        await using (command) return await command.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<object?> ScalarAsync(this NpgsqlCommand command, CancellationToken cancel)
    {
        await using (command) return await command.ExecuteScalarAsync(cancel) is { } value and not DBNull ? value : null;
    }

    public static Task<int> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel) => Of(connection, sql).RunAsync(cancel);
}
