using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Projects.Profiles;

/// <summary>Reads one output of a profile, in the keys of dbt's adapter for PostgreSQL.</summary>
internal sealed class PostgresOutput(string target, YamlMap output, ProfileStrings strings)
{
    private static readonly string[] Keys =
    [
        "type", "host", "port", "user", "password", "pass", "dbname", "database", "schema", "threads", "keepalives_idle", "connect_timeout",
        "retries", "search_path", "role", "sslmode", "sslcert", "sslkey", "sslrootcert", "application_name",
    ];

    public Profile Read(Redactor redactor)
    {
        var type = strings.Text(output, "type");
        if (type is not ("postgres" or "postgresql"))
            throw new UserErrorException(ErrorCodes.NotSupported, output.PositionOf("type"), type is null ? $"the target '{target}' has no 'type'" : $"the target '{target}' is for '{type}'; Tributary works in PostgreSQL",
                "Choose a target with 'type: postgres' by --target, or write one.");
        WarnOfUnknownKeys();
        var schema = strings.Required(output, "schema");
        var session = Session();
        var password = strings.Either(output, "password", "pass");
        if (password is not null) redactor.Learn(password);
        var warehouse = new WarehouseConfig(
            output.At, strings.Required(output, "host"), strings.Required(output, "dbname", "database"), strings.Required(output, "user"),
            password is null ? null : new Secret(password), strings.Number(output, "port") ?? 5432, WarehouseTls.Prefer, schema)
        {
            Session = session,
        };
        return new Profile(target, warehouse, schema, strings.Number(output, "threads") ?? 1);
    }

    private WarehouseSettings Session() => new()
    {
        Tls = Tls(),
        Certificate = strings.Text(output, "sslcert"),
        CertificateKey = strings.Text(output, "sslkey"),
        RootCertificate = strings.Text(output, "sslrootcert"),
        SearchPath = strings.Text(output, "search_path"),
        Role = strings.Text(output, "role"),
        ConnectTimeoutSeconds = strings.Number(output, "connect_timeout") ?? 10,
        KeepAliveSeconds = strings.Number(output, "keepalives_idle") ?? 0,
        Retries = strings.Number(output, "retries") ?? 1,
        ApplicationName = strings.Text(output, "application_name"),
    };

    private Npgsql.SslMode Tls()
    {
        var word = strings.Text(output, "sslmode");
        switch (word)
        {
            case null or "prefer": return Npgsql.SslMode.Prefer;
            case "disable": return Npgsql.SslMode.Disable;
            case "allow": return Npgsql.SslMode.Allow;
            case "require": return Npgsql.SslMode.Require;
            case "verify-ca": return Npgsql.SslMode.VerifyCA;
            case "verify-full": return Npgsql.SslMode.VerifyFull;
        }
        strings.Problems.Add(ErrorCodes.InvalidValue, output.PositionOf("sslmode"), $"'{Excerpt.Of(word)}' is no sslmode",
            Nearest.Hint(word, ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]));
        return Npgsql.SslMode.Prefer;
    }

    private void WarnOfUnknownKeys()
    {
        foreach (var entry in output.Entries)
        {
            if (Keys.Contains(entry.Key)) continue;
            strings.Problems.Warn(ErrorCodes.UnknownKey, entry.KeyAt, $"an output for PostgreSQL has no key '{Excerpt.Of(entry.Key)}'; it is passed over", Nearest.Hint(entry.Key, Keys));
        }
    }
}
