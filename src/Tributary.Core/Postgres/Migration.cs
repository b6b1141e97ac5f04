using System.Globalization;

namespace Tributary.Core.Postgres;

/// <summary>One numbered step of the control schema, from <c>Postgres/Migrations/NNN_name.sql</c>; never changed once released.</summary>
public sealed record Migration(int Version, string Name, string Sql)
{
    private const string Folder = "Postgres/Migrations/";

    /// <summary>All that this program carries, by version, each once.</summary>
    public static IReadOnlyList<Migration> All { get; } = Embedded();

    private static Migration[] Embedded()
    {
        var found = typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(path => path.StartsWith(Folder, StringComparison.Ordinal))
            .Select(Parse)
            .OrderBy(migration => migration.Version)
            .ToArray();
        for (var i = 1; i < found.Length; i++)
        {
            if (found[i].Version == found[i - 1].Version) throw new InvalidOperationException($"Migration {found[i].Version} is doubled.");
        }
        return found;
    }

    private static Migration Parse(string path)
    {
        var name = path[Folder.Length..^".sql".Length];
        return new Migration(int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name[4..], Text.Sql.Read(path));
    }
}
