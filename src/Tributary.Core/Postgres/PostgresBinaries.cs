using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>
/// PostgreSQL's own programs (initdb, pg_ctl, postgres, psql) on this machine: the newest of
/// <c>/usr/lib/postgresql/*/bin</c> (Debian), <c>/usr/pgsql-*/bin</c> (Red Hat) and the PATH.
/// </summary>
public sealed record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest major version that Tributary works with.</summary>
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    /// <summary>The program's full path.</summary>
    public string this[string program] => Path.Combine(Folder, program);

    /// <summary>Throws <see cref="UserErrorException"/> (TRB0202) that names the package when none of version 15 or later is there.</summary>
    public static async Task<PostgresBinaries> FindAsync(CancellationToken cancel)
    {
        var packaged = Versioned("/usr/lib/postgresql", "").Concat(Versioned("/usr", "pgsql-")).ToList();
        var newest = packaged.OrderByDescending(found => found.Major).FirstOrDefault();
        if (newest is { Major: >= OldestMajor }) return newest;
        var onPath = await FromPathAsync(cancel);
        if (onPath is { Major: >= OldestMajor }) return onPath;
        throw Missing(onPath ?? newest);
    }

    private static IEnumerable<PostgresBinaries> Versioned(string parent, string prefix)
    {
        if (!Directory.Exists(parent)) yield break;
        foreach (var folder in Directory.EnumerateDirectories(parent, prefix + "*"))
        {
            var bin = Path.Combine(folder, "bin");
            var isNumber = int.TryParse(Path.GetFileName(folder)[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var major);
            if (isNumber && IsComplete(bin)) yield return new PostgresBinaries(bin, major);
        }
    }

    private static async Task<PostgresBinaries?> FromPathAsync(CancellationToken cancel)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        if (folders.FirstOrDefault(IsComplete) is not { } bin) return null;
        var result = await ServerCommand.RunAsync(null, Path.Combine(bin, "postgres"), ["--version"], cancel);
        return new PostgresBinaries(bin, MajorOf(result.Output));
    }

    /// <summary><c>postgres (PostgreSQL) 15.18 (Debian …)</c> → 15; 0 when there is no number.</summary>
    internal static int MajorOf(string version)
    {
        var digits = version.SkipWhile(letter => !char.IsAsciiDigit(letter)).TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }

    private static bool IsComplete(string bin) => Array.TrueForAll(Needed, program => File.Exists(Path.Combine(bin, program)));

    private static UserErrorException Missing(PostgresBinaries? tooOld)
    {
        var found = tooOld is null ? "no PostgreSQL is installed on this machine" : $"only PostgreSQL {tooOld.Major} is installed ({tooOld.Folder})";
        return new UserErrorException(
            ErrorCodes.BinariesMissing, null,
            $"The private cluster needs PostgreSQL {OldestMajor} or later, and {found}.",
            "Install it (Debian, Ubuntu: `apt-get install postgresql-15` or newer; Fedora: `dnf install postgresql-server`), "
                + "or name another server under `warehouse:` in tributary.yml.");
    }
}
