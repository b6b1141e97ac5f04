using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>The machine's psql, and its siblings pg_dump and pg_restore, connected to a warehouse.</summary>
public static class PsqlProgram
{
    /// <summary>
    /// What to start: it shares the caller's terminal. The password travels in the child's environment, never on its command
    /// line, which every user of the machine can read. TRB0202 when there is no such program.
    /// </summary>
    public static async Task<ProcessStartInfo> CommandAsync(NpgsqlConnectionStringBuilder address, IReadOnlyList<string> arguments, CancellationToken cancel, string program = "psql")
    {
        var start = new ProcessStartInfo(await LocateAsync(program, cancel)) { UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var variables = start.Environment;
        variables["PGHOST"] = address.Host;
        variables["PGPORT"] = address.Port.ToString(CultureInfo.InvariantCulture);
        variables["PGDATABASE"] = address.Database;
        variables["PGUSER"] = address.Username;
        variables["PGSSLMODE"] = Tls(address.SslMode);
        variables["PGAPPNAME"] = $"tributary {program}";
        if (address.Password is { } password) variables["PGPASSWORD"] = password;
        foreach (var other in new[] { "PGSERVICE", "PGHOSTADDR", "PGOPTIONS", "PGPASSFILE" }) variables.Remove(other);
        return start;
    }

    /// <summary>The newest one beside a server's programs; else the PATH's, because a client alone is enough for another machine's server.</summary>
    private static async Task<string> LocateAsync(string program, CancellationToken cancel)
    {
        try
        {
            var binaries = await PostgresBinaries.FindAsync(cancel);
            if (File.Exists(binaries[program])) return binaries[program];
        }
        catch (UserErrorException)
        {
            // No server is installed here.
        }
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? throw new UserErrorException(
            ErrorCodes.BinariesMissing, null, $"{program} is not on this machine.", "Install it (Debian, Ubuntu: `apt-get install postgresql-client`).");
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
