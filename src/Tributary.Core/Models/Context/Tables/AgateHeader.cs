namespace Tributary.Core.Models.Context.Tables;

/// <summary>The names of a table's columns, each once, and where each stands.</summary>
internal sealed class AgateHeader
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public AgateHeader(IReadOnlyList<string> names)
    {
        Names = names;
        for (var i = 0; i < names.Count; i++) places.TryAdd(names[i], i);
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>-1 when there is no such column.</summary>
    public int PlaceOf(string name) => places.GetValueOrDefault(name, -1);

    /// <summary>Names as dbt makes them differ: the second <c>a</c> of a query is <c>a_2</c>.</summary>
    public static AgateHeader Distinct(string[] names)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            if (seen.TryAdd(name, 1)) continue;
            names[i] = $"{name}_{++seen[name]}";
        }
        return new AgateHeader(names);
    }
}
