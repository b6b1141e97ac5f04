using System.Globalization;
using Npgsql;
using Tributary.Core.Ingest.Queries;
using Tributary.Core.Text;

namespace Tributary.Connectors.Sql;

/// <summary>A session with a source's PostgreSQL: one read-only transaction, one snapshot.</summary>
internal sealed class PostgresSession : QuerySession
{
    private readonly SqlDatabase source;
    private readonly NpgsqlConnection connection;
    private readonly DateTimeOffset now;

    private PostgresSession(SqlDatabase source, NpgsqlConnection connection, DateTimeOffset now)
    {
        this.source = source;
        this.connection = connection;
        this.now = now;
    }

    public override DateTimeOffset? Now => now;

    public static async Task<PostgresSession> OpenAsync(SqlDatabase source, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(source.Address.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            // A client that is gone, an interrupted one too, must not leave its query running.
            var watch = connection.PostgreSqlVersion.Major >= 14 ? "set client_connection_check_interval = '1s'; " : "";
            await using var begin = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture,
                $"{watch}begin isolation level repeatable read, read only; set local statement_timeout = '{source.StatementTimeout.TotalMilliseconds:0}ms'; set local lock_timeout = '60s'; set local idle_in_transaction_session_timeout = 0"), connection);
            await begin.ExecuteNonQueryAsync(cancel);
            await using var ask = new NpgsqlCommand("select now(), rolsuper from pg_catalog.pg_roles where rolname = current_user", connection);
            await using var row = await ask.ExecuteReaderAsync(cancel);
            await row.ReadAsync(cancel);
            if (row.GetBoolean(1) && !source.AllowSuperuser)
            {
                throw new UserErrorException(ErrorCodes.LoginTooStrong, source.At, $"The source {source.Name} reads {source.Host} as {source.User}, who is a superuser.",
                    "create role reader login password '…'; grant usage on schema … to reader; grant select on … to reader; — or write `allow_superuser: true`.");
            }
            return new PostgresSession(source, connection, row.GetFieldValue<DateTimeOffset>(0));
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            throw PostgresFailure.Explain(error, source);
        }
    }

    public override async Task<QueryResult> RunAsync(string sql, CancellationToken cancel)
    {
        try
        {
            return await PostgresResult.OpenAsync(source, connection, sql, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailure.Explain(error, source);
        }
    }

    public override string Quote(string name) => Identifier.Quote(name);

    public override string Literal(string text) => Identifier.Literal(text);

    public override string Behind(string sql, QueryStream stream, string type, string value)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var cursor = $"q.{Identifier.Quote(stream.Cursor!)}"; // it is asked for streams with one
        var overlap = type == "date" || type.StartsWith("timestamp", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"interval '{stream.Overlap.TotalMilliseconds:0} milliseconds'")
            : stream.OverlapBy.ToString(CultureInfo.InvariantCulture);
        // The cast lets an index on the column serve: date less an interval is a timestamp.
        var from = type == "date" ? $"({Literal(value)}::date - {overlap})::date" : $"{Literal(value)}::{(type == "smallint" ? "integer" : type)} - {overlap}";
        return $"select q.* from ({sql}\n) q where {cursor} >= {from} or {cursor} is null";
    }

    public override ValueTask DisposeAsync() => connection.DisposeAsync();
}
