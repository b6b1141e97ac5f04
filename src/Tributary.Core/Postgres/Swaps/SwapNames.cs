using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Swaps;

/// <summary>
/// Gives the indexes and constraints of the new relation their lasting names: that of an equal one on the old relation, else
/// their own without what came from the temporary name.
/// </summary>
internal static class SwapNames
{
    private const string Suffix = "__tmp";

    /// <summary>An index ("i") or a constraint without index ("c"), and what it is.</summary>
    public readonly record struct Named(string Kind, string Name, string Definition);

    public static Task<List<Named>> ReadAsync(SwapSession session, uint oid, CancellationToken cancel) =>
        session.RowsAsync("read_names.sql", row => new Named(row.GetString(0), row.GetString(1), row.GetString(2)), cancel, (long)oid);

    /// <summary>Statements to run when the new relation bears its name and the old one is gone.</summary>
    public static IEnumerable<string> Renames(IReadOnlyList<Named> before, IReadOnlyList<Named> after, Relation built, Relation target)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var free = before.ToList();
        foreach (var item in after.Where(item => item.Name.Contains(Suffix, StringComparison.Ordinal) || item.Name.StartsWith(built.Name, StringComparison.Ordinal)))
        {
            var same = free.FindIndex(old => old.Kind == item.Kind && old.Definition == item.Definition);
            var name = same >= 0 ? free[same].Name : Lasting(item.Name, built.Name, target.Name);
            if (same >= 0) free.RemoveAt(same);
            if (name == item.Name || !taken.Add(name)) continue;
            yield return item.Kind == "i"
                ? $"alter index {new Relation(target.Schema, item.Name).Sql} rename to {Identifier.Quote(name)}"
                : $"alter table {target.Sql} rename constraint {Identifier.Quote(item.Name)} to {Identifier.Quote(name)}";
        }
    }

    /// <summary><c>visit__tmp_pkey</c> → <c>visit_pkey</c>; <c>visit_day__tmp</c>, <c>visit_day__tmp1f</c> → <c>visit_day</c>.</summary>
    internal static string Lasting(string name, string built, string target)
    {
        if (name.StartsWith(built, StringComparison.Ordinal)) return Identifier.Shorten(target + name[built.Length..]);
        var passing = name.LastIndexOf(Suffix, StringComparison.Ordinal);
        return passing > 0 ? name[..passing] : name;
    }
}
