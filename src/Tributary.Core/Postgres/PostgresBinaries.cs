using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>
/// PostgreSQL's own programs (initdb, pg_ctl, postgres, psql) on this machine: the newest of
/// <c>/usr/lib/postgresql/*/bin</c> (Debian), <c>/usr/pgsql-*/bin</c> (Red Hat) and the PATH; or the folder that
/// <c>TRIBUTARY_POSTGRES_BIN</c> names.
/// </summary>
public sealed record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest major version that Tributary works with.</summary>
    public const int OldestMajor = 15;

    /// <summary>Names the folder to take the programs from, whatever else is installed.</summary>
    public const string Variable = "TRIBUTARY_POSTGRES_BIN";

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    /// <summary>The program's full path.</summary>
    public string this[string program] => Path.Combine(Folder, program);

    /// <summary>
    /// Throws <see cref="UserErrorException"/> (TRB0202) that names the package when none of version 15 or later is there.
    /// With <paramref name="major"/>, that version when it is installed, because a data directory belongs to one version.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(CancellationToken cancel, int? major = null)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen) return await ChosenAsync(chosen, cancel);
        var packaged = Versioned("/usr/lib/postgresql", "").Concat(Versioned("/usr", "pgsql-")).ToList();
        if (packaged.Find(found => found.Major == major) is { } same) return same;
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
        return folders.FirstOrDefault(IsComplete) is { } bin ? await InAsync(bin, cancel) : null;
    }

    private static async Task<PostgresBinaries> ChosenAsync(string bin, CancellationToken cancel)
    {
        var found = IsComplete(bin) ? await InAsync(bin, cancel) : null;
        return found is { Major: >= OldestMajor } ? found : throw new UserErrorException(
            ErrorCodes.BinariesMissing, null, $"{Variable} names {bin}, which does not hold {string.Join(", ", Needed)} of PostgreSQL {OldestMajor} or later.",
            "Correct the variable, or unset it to use the installed version.");
    }

    private static async Task<PostgresBinaries> InAsync(string bin, CancellationToken cancel)
    {
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
            "Install it (Debian, Ubuntu: `./setup`, or `apt-get install postgresql-15` or newer; Fedora: `dnf install postgresql-server`), "
                + "or name another server under `warehouse:` in tributary.yml.");
    }
}
