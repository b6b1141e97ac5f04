using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>The machine's psql, connected to a warehouse.</summary>
public static class PsqlProgram
{
    /// <summary>
    /// What to start: it shares the caller's terminal. The password travels in the child's environment, never on its command
    /// line, which every user of the machine can read. TRB0202 when there is no psql.
    /// </summary>
    public static async Task<ProcessStartInfo> CommandAsync(NpgsqlConnectionStringBuilder address, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(await LocateAsync(cancel)) { UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var variables = start.Environment;
        variables["PGHOST"] = address.Host;
        variables["PGPORT"] = address.Port.ToString(CultureInfo.InvariantCulture);
        variables["PGDATABASE"] = address.Database;
        variables["PGUSER"] = address.Username;
        variables["PGSSLMODE"] = Tls(address.SslMode);
        variables["PGAPPNAME"] = "tributary db psql";
        if (address.Password is { } password) variables["PGPASSWORD"] = password;
        foreach (var other in new[] { "PGSERVICE", "PGHOSTADDR", "PGOPTIONS", "PGPASSFILE" }) variables.Remove(other);
        return start;
    }

    /// <summary>The newest one beside a server's programs; else the PATH's, because a client alone is enough for another machine's server.</summary>
    private static async Task<string> LocateAsync(CancellationToken cancel)
    {
        try
        {
            var binaries = await PostgresBinaries.FindAsync(cancel);
            if (File.Exists(binaries["psql"])) return binaries["psql"];
        }
        catch (UserErrorException)
        {
            // No server is installed here.
        }
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, "psql")).FirstOrDefault(File.Exists) ?? throw new UserErrorException(
            ErrorCodes.BinariesMissing, null, "psql is not on this machine.", "Install it (Debian, Ubuntu: `apt-get install postgresql-client`).");
    }

    private static string Tls(SslMode mode) => mode switch
    {
        SslMode.Disable => "disable",
        SslMode.Allow => "allow",
        SslMode.Require => "require",
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => "prefer",
    };
}
