using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>How to reach a PostgreSQL 15 or later.</summary>
public sealed record WarehouseConfig(
    SourcePosition At,
    [Description("Host name or address.")] string Host,
    [Description("Database.")] string Database,
    [Description("Login role; it needs no superuser.")] string User,
    [Description("Its password, as ${NAME}.")] Secret? Password = null,
    [Description("Port.")] int Port = 5432,
    [Description("TLS: disable, prefer, require or verify_full.")] WarehouseTls SslMode = WarehouseTls.Prefer,
    [Description("Schema of models that name none; default: the project's schema.")] string? Schema = null)
{
    /// <summary>What a dbt profile adds; null in tributary.yml.</summary>
    internal WarehouseSettings? Session { get; init; }

    public NpgsqlConnectionStringBuilder ToAddress()
    {
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Database = Database,
            Username = User,
            Password = Password?.Reveal(),
            SslMode = SslMode switch
            {
                WarehouseTls.Disable => Npgsql.SslMode.Disable,
                WarehouseTls.Require => Npgsql.SslMode.Require,
                WarehouseTls.VerifyFull => Npgsql.SslMode.VerifyFull,
                _ => Npgsql.SslMode.Prefer,
            },
        };
        Session?.AddTo(address);
        return address;
    }
}
