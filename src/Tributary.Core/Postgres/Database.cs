using Npgsql;

namespace Tributary.Core.Postgres;

/// <summary>
/// The warehouse: hands out sessions with the settings that the promises need. <c>TimeZone = UTC</c>, so that no result
/// depends on the server's zone (a plain dbt project keeps the server's, as dbt does); <c>client_connection_check_interval = 1s</c>, so that a dead client's statement does not
/// commit later; <c>application_name</c> carries the run id. The network is asked every minute whether
/// the other side still lives.
/// </summary>
public sealed class Database : IAsyncDisposable, IDisposable
{
    private readonly NpgsqlDataSource source;

    private Database(NpgsqlDataSource source) => this.source = source;

    /// <summary>
    /// Opens no connection yet; <paramref name="applicationName"/> is cut to 63 bytes by the server. <paramref name="settings"/> are
    /// custom settings of every session (the privacy key): they travel in the startup packet, which no server logs.
    /// </summary>
    public static Database At(
        NpgsqlConnectionStringBuilder address, string applicationName, IReadOnlyDictionary<string, Text.Secret>? settings = null, SessionZone zone = SessionZone.Utc)
    {
        var custom = string.Concat((settings ?? new Dictionary<string, Text.Secret>()).Select(setting => $" -c {setting.Key}={Escape(setting.Value)}"));
        var full = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            ApplicationName = applicationName,
            Options = $"{address.Options}{(zone == SessionZone.Utc ? " -c TimeZone=UTC" : "")} -c client_connection_check_interval=1s -c client_min_messages=warning{custom}".Trim(),
            IncludeErrorDetail = false,
            IncludeFailedBatchedCommand = true, // which of the statements that travel together was refused
            CommandTimeout = 0, // a load, a build or a wait for a lock may take hours; an interrupt cancels it on the server
            TcpKeepAlive = true,
            TcpKeepAliveTime = address.TcpKeepAliveTime > 0 ? address.TcpKeepAliveTime : 60,
            TcpKeepAliveInterval = 10,
        };
        return new Database(new NpgsqlDataSourceBuilder(full.ConnectionString).Build());
    }

    /// <summary>A session of its own; throws <see cref="Text.TransientException"/> when the server cannot be reached.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        try
        {
            return await source.OpenConnectionAsync(cancel);
        }
        catch (NpgsqlException error) when (IsPassing(error))
        {
            throw OutOfReach(error);
        }
    }

    /// <summary>
    /// The same for those who wait on a thread of their own, as templates do: while a program starts, every asynchronous method
    /// that really waits costs the compilation of a dozen others. Waits no longer than the address's timeout.
    /// </summary>
    public NpgsqlConnection Open()
    {
        try
        {
            return source.OpenConnection();
        }
        catch (NpgsqlException error) when (IsPassing(error))
        {
            throw OutOfReach(error);
        }
    }

    private static bool IsPassing(NpgsqlException error) => error is not PostgresException || error.IsTransient;

    private static Text.TransientException OutOfReach(NpgsqlException error) =>
        new($"The warehouse cannot be reached: {error.Message}. Check `warehouse:` in tributary.yml (of a plain dbt project profiles.yml) and that the server runs; nothing was changed.", error);

    /// <summary>
    /// Opens sessions that will soon be wanted at once, beside what the caller does meanwhile; they wait in the pool. One that cannot
    /// be opened is no error here: whoever needs it asks again.
    /// </summary>
    public Task OpenAheadAsync(int count, CancellationToken cancel) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(
        () =>
        {
            try
            {
                if (!cancel.IsCancellationRequested) source.OpenConnection().Dispose();
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                // See above.
            }
        },
        CancellationToken.None)));

    /// <summary>Startup options are split at spaces; a backslash keeps the next character (PostgreSQL documentation, libpq "options").</summary>
    private static string Escape(Text.Secret value) =>
        value.Reveal().Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    public void Dispose() => source.Dispose();
}
