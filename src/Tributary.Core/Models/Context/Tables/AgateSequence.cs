using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>
/// agate's sequence whose elements may bear names: columns, rows, the cells of a row. Looped over it gives the elements;
/// brackets take a position, a slice or a name.
/// </summary>
internal abstract class AgateSequence : ContextObject
{
    private static readonly MemberTable<AgateSequence> Members = new()
    {
        ["values"] = s => Method("values", "", _ => new JinjaTuple([.. s.Elements])),
        ["keys"] = s => Method("keys", "", _ => s.Names is { } names ? new JinjaTuple([.. names]) : null),
        ["items"] = s => Method("items", "", _ => s.NamedElements().Select(pair => (object?)new JinjaTuple(pair.Name, pair.Value)).ToList()),
        ["get"] = s => Method("get", "key, default=None", a => s.TryGetItem(a[0], out var value) ? value : a[1]),
        ["dict"] = s => Method("dict", "", _ => s.AsDict()),
    };

    /// <summary>What it holds, in order.</summary>
    public abstract IReadOnlyList<object?> Elements { get; }

    /// <summary>The name of each element; null when they have none.</summary>
    protected virtual IReadOnlyList<object?>? Names => null;

    public override string TypeName => "MappedSequence";

    public override bool IsTrue => Elements.Count > 0;

    public override IEnumerable<object?> Items => Elements;

    public override int? Length => Elements.Count;

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        long index = key switch
        {
            long position => position < 0 ? position + Elements.Count : position,
            string name => PlaceOf(name),
            _ => -1,
        };
        if (index < 0 || index >= Elements.Count) return false;
        value = Elements[(int)index];
        return true;
    }

    public override bool Equals(object? obj) => obj is AgateSequence other && other.Elements.SequenceEqual(Elements);

    public override int GetHashCode() => Elements.Count;

    public override string ToString() =>
        $"<agate.{TypeName}: ({string.Join(", ", Elements.Take(5).Select(PythonText.Repr))}{(Elements.Count > 5 ? ", ..." : "")})>";

    protected virtual int PlaceOf(string name)
    {
        for (var i = 0; Names is { } names && i < names.Count; i++)
        {
            if (names[i] is string text && text == name) return i;
        }
        return -1;
    }

    private IEnumerable<(object? Name, object? Value)> NamedElements() => (Names ?? []).Zip(Elements);

    private JinjaDict AsDict()
    {
        var dict = new JinjaDict();
        foreach (var (name, value) in NamedElements()) dict[name] = value;
        return dict;
    }
}
