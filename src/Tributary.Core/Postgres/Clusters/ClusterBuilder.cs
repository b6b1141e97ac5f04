using System.Diagnostics;
using System.Security.Cryptography;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>
/// Makes a cluster's data: initdb, then role and database in single-user mode, all in a folder beside that becomes the data
/// directory by one rename. Whatever interrupts it leaves nothing that a later start takes for a cluster.
/// </summary>
internal static class ClusterBuilder
{
    /// <summary>The superuser, for set-up alone.</summary>
    public const string AdminRole = "tributary_admin";

    /// <summary>The role that models run as, and the database that it owns.</summary>
    public const string Role = "tributary";

    private const string Unfinished = "building-";

    /// <summary>$1 the folder of the programs, $2 the folder to build in. The first line of the input is the superuser's password.</summary>
    private const string Script = """
        umask 077
        cd "$2" || { echo 'Permission denied'; exit 3; }
        IFS= read -r password && printf '%s\n' "$password" >password || exit 1
        ctype=C
        locale -a 2>/dev/null | grep -qix 'c\.utf-\{0,1\}8' && ctype=C.UTF-8
        "$1/initdb" -D data -U tributary_admin -A scram-sha-256 --pwfile=password -k -E UTF8 --locale=C --lc-ctype="$ctype" || exit 1
        rm password
        printf "\ninclude_if_exists = '../server.conf'\n" >>data/postgresql.conf || exit 1
        exec "$1/postgres" --single -D data -c exit_on_error=true -c log_min_error_statement=panic postgres
        """;

    public static async Task BuildAsync(ClusterFolder folder, PostgresBinaries binaries, CancellationToken cancel)
    {
        RemoveUnfinished(folder);
        var building = Path.Combine(folder.Root, Unfinished + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
        await MakeFoldersAsync([building, folder.LogDirectory, folder.SocketDirectory], folder, cancel);
        var admin = await PasswordAsync(folder.AdminPasswordFile, cancel);
        var password = await PasswordAsync(folder.PasswordFile, cancel);
        var result = await RunAsync(binaries, building, $"{admin}\n{SetUp(password)}", cancel);
        if (result.Status != 0) throw StartFailure.Explain(folder, "Making the private cluster", result.Output);
        if (Directory.Exists(folder.DataDirectory)) Directory.Delete(folder.DataDirectory); // an empty one is no data; any other throws
        Directory.Move(Path.Combine(building, "data"), folder.DataDirectory);
        Directory.Delete(building);
    }

    /// <summary>
    /// Statements of single-user mode end with their line. The role bears the name of the control schema, which "$user" on the
    /// search path would make the home of every table without a schema.
    /// </summary>
    private static string SetUp(string password) => $"""
        create role {Role} login password '{password}'
        alter role {Role} set search_path = public
        create database {Role} owner {Role}
        revoke all on database {Role} from public

        """;

    private static async Task<ServerCommand.Result> RunAsync(PostgresBinaries binaries, string building, string input, CancellationToken cancel)
    {
        using var process = Process.Start(ServerCommand.Start(ServerCommand.SystemUser, "sh", ["-c", Script, "sh", binaries.Folder, building]))
            ?? throw new InvalidOperationException("The shell did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read; its status and what it said tell why.
        }
        await process.WaitForExitAsync(cancel);
        return new ServerCommand.Result(process.ExitCode, $"{await output}{await errors}".Trim());
    }

    /// <summary>Folders that the server's user writes in; they belong to it. Only root can give a folder away, and .NET has no call for it.</summary>
    private static async Task MakeFoldersAsync(string[] folders, ClusterFolder cluster, CancellationToken cancel)
    {
        string[] owner = ServerCommand.SystemUser is { } user ? ["-o", user] : [];
        var result = await ServerCommand.RunAsync(null, "install", ["-d", "-m", "0700", .. owner, .. folders], cancel);
        if (result.Output.Contains("invalid user", StringComparison.Ordinal))
            throw new UserErrorException(ErrorCodes.BinariesMissing, null, $"There is no system user {ServerCommand.SystemUser}, and PostgreSQL does not run as root.",
                "Install PostgreSQL from the distribution's packages (`./setup`), or run the program as another user than root.");
        if (result.Status != 0) throw StartFailure.Explain(cluster, "Making the private cluster's folders", result.Output);
    }

    /// <summary>A password that an unfinished attempt left is as good as a new one.</summary>
    private static async Task<string> PasswordAsync(string path, CancellationToken cancel)
    {
        if (File.Exists(path)) return (await File.ReadAllTextAsync(path, cancel)).Trim();
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await PrivateFile.WriteAsync(path, password + "\n", PrivateFile.OwnerOnly, cancel);
        return password;
    }

    /// <summary>What an interrupted attempt left; its initdb may still be writing, and then the next attempt removes it.</summary>
    private static void RemoveUnfinished(ClusterFolder folder)
    {
        foreach (var left in Directory.EnumerateDirectories(folder.Root, Unfinished + "*"))
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (IOException)
            {
                // Still being written to; it has a name of its own and is in nobody's way.
            }
        }
    }
}
