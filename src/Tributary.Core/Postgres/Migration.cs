using System.Globalization;

namespace Tributary.Core.Postgres;

/// <summary>One numbered step of the control schema, from <c>Postgres/Migrations/NNN_name.sql</c>; never changed once released.</summary>
public sealed record Migration(int Version, string Name, string Sql)
{
    private const string Folder = "Postgres/Migrations/";

    /// <summary>All that this program carries, by version: 1, 2, 3 … without a gap.</summary>
    public static IReadOnlyList<Migration> All { get; } = Embedded();

    private static Migration[] Embedded()
    {
        var found = typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(path => path.StartsWith(Folder, StringComparison.Ordinal))
            .Select(Parse)
            .OrderBy(migration => migration.Version)
            .ToArray();
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Version != i + 1) throw new InvalidOperationException($"Migration {i + 1} is missing or doubled.");
        }
        return found;
    }

    private static Migration Parse(string path)
    {
        var name = path[Folder.Length..^".sql".Length];
        return new Migration(int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name[4..], Text.Sql.Read(path));
    }
}
