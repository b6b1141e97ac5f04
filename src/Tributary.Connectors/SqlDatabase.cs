using System.Net;
using Npgsql;
using Tributary.Connectors.Sql;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Queries;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors;

/// <summary>
/// A PostgreSQL database that is read: tables and queries, each load from one snapshot in a read-only transaction. Rows are passed on in
/// PostgreSQL's own binary form, without being looked into.
/// </summary>
[Kind("sql_database")]
[Description("A PostgreSQL database, read by table or by query.")]
public sealed record SqlDatabase(
    [Given] string Name,
    SourcePosition At,
    [Description("Host name or address.")] string Host,
    [Description("Database.")] string Database,
    [Description("A login that may read what is asked for, and nothing else.")] string User,
    [Description("The streams by name: a table, or a query with parameters, a cursor or keys.")][Names] IReadOnlyDictionary<string, QueryStream?> Streams,
    [Inline] LoadSettings Load,
    [Description("The only hosts that may be read; absent: the one of `host`. For a host that comes from the environment.")][Default("[]")][OneOrMany] IReadOnlyList<string> Hosts,
    [Description("A query that takes longer is ended.")][Default("2h")] TimeSpan StatementTimeout,
    [Description("How long to wait for the server to answer at all.")][Default("15s")] TimeSpan ConnectTimeout,
    [Description("Its password, as ${NAME}.")] Secret? Password = null,
    [Description("Port.")] int Port = 5432,
    [Description("TLS: disable, require or verify_full. Default: verify_full; for this machine itself: disable.")] SqlTls? Tls = null,
    [Description("Read with a login that is a superuser.")] bool AllowSuperuser = false)
    : QuerySource(Name, At, Streams, Load)
{
    public override void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        base.Validate(check);
        if (Host.Length == 0 || Host.AsSpan().ContainsAny(", \0")) check.Refuse("host", "expected one host");
        if (Hosts.Count > 0 && !Hosts.Contains(Host, StringComparer.OrdinalIgnoreCase)) check.Refuse("host", $"{Host} is not among `hosts:`", "Correct the variable that gives the host, or add it to the list.");
        if (Port is < 1 or > 65_535) check.Refuse("port", "expected 1 to 65535");
        if (Tls == SqlTls.Disable && !IsLocal) check.Refuse("tls", "without TLS everybody on the way could read the rows and the password", "Write verify_full, or require where the certificate cannot be checked.");
        if (StatementTimeout < TimeSpan.FromSeconds(1) || StatementTimeout > TimeSpan.FromDays(20)) check.Refuse("statement_timeout", "expected 1s to 20d");
        if (ConnectTimeout < TimeSpan.FromSeconds(1) || ConnectTimeout > TimeSpan.FromMinutes(15)) check.Refuse("connect_timeout", "expected 1s to 15m");
    }

    public override async Task<QuerySession> ConnectAsync(CancellationToken cancel) => await PostgresSession.OpenAsync(this, cancel);

    internal NpgsqlConnectionStringBuilder Address => new()
    {
        Host = Host,
        Port = Port,
        Database = Database,
        Username = User,
        Password = Password?.Reveal(),
        SslMode = (Tls ?? (IsLocal ? SqlTls.Disable : SqlTls.VerifyFull)) switch
        {
            SqlTls.Disable => SslMode.Disable,
            SqlTls.Require => SslMode.Require,
            _ => SslMode.VerifyFull,
        },
        ApplicationName = $"tributary {Name}",
        Options = "-c TimeZone=UTC -c standard_conforming_strings=on -c DateStyle=ISO -c IntervalStyle=postgres -c extra_float_digits=1 -c client_min_messages=warning",
        Timeout = (int)ConnectTimeout.TotalSeconds,
        CommandTimeout = 0, // the server ends what takes too long
        IncludeErrorDetail = false,
        Pooling = false,
        ReadBufferSize = 128 * 1024, // one read of the network brings many rows
        TcpKeepAlive = true,
        TcpKeepAliveTime = 60,
        TcpKeepAliveInterval = 10,
    };

    private bool IsLocal => Host == "localhost" || Host.StartsWith('/') || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>How the connection to a database is protected.</summary>
public enum SqlTls
{
    Disable,
    Require,
    VerifyFull,
}
