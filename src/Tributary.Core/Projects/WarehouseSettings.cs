using System.Globalization;
using Npgsql;

namespace Tributary.Core.Projects;

/// <summary>What a profile of dbt says of its sessions beyond host, database and user.</summary>
internal sealed record WarehouseSettings
{
    public SslMode Tls { get; init; } = SslMode.Prefer;

    /// <summary>Path of the client's certificate.</summary>
    public string? Certificate { get; init; }

    public string? CertificateKey { get; init; }

    public string? RootCertificate { get; init; }

    public string? SearchPath { get; init; }

    /// <summary>The role that every session takes on after it has logged in.</summary>
    public string? Role { get; init; }

    public int ConnectTimeoutSeconds { get; init; } = 10;

    /// <summary>0: the usual.</summary>
    public int KeepAliveSeconds { get; init; }

    public int Retries { get; init; } = 1;

    public string? ApplicationName { get; init; }

    public void AddTo(NpgsqlConnectionStringBuilder address)
    {
        address.SslMode = Tls;
        if (Certificate is not null) address.SslCertificate = Certificate;
        if (CertificateKey is not null) address.SslKey = CertificateKey;
        if (RootCertificate is not null) address.RootCertificate = RootCertificate;
        if (SearchPath is { Length: > 0 }) address.Options = $"{address.Options} -c search_path={Escape(SearchPath)}".Trim();
        if (Role is { Length: > 0 }) address.Options = $"{address.Options} -c role={Escape(Role)}".Trim();
        address.Timeout = Math.Clamp(ConnectTimeoutSeconds, 1, 1024);
        if (KeepAliveSeconds > 0) address.TcpKeepAliveTime = KeepAliveSeconds;
    }

    /// <summary>The keys of dbt's <c>target</c> that come from here.</summary>
    public IReadOnlyDictionary<string, object?> ToTarget() => new Dictionary<string, object?>
    {
        ["connect_timeout"] = (long)ConnectTimeoutSeconds,
        ["role"] = Role,
        ["search_path"] = SearchPath,
        ["keepalives_idle"] = (long)KeepAliveSeconds,
        ["sslmode"] = Tls switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            SslMode.Prefer => null,
            _ => Tls.ToString().ToLower(CultureInfo.InvariantCulture),
        },
        ["sslcert"] = Certificate,
        ["sslkey"] = CertificateKey,
        ["sslrootcert"] = RootCertificate,
        ["application_name"] = ApplicationName ?? "dbt",
        ["retries"] = (long)Retries,
    };

    /// <summary>Startup options are split at spaces; a backslash keeps the next character (PostgreSQL documentation, libpq "options").</summary>
    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);
}
