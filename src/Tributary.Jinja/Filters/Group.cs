using System.Collections;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>One group of groupby: the pair (grouper, list), whose parts also have these names.</summary>
internal sealed class Group(object? grouper, List<object?> members) : IJinjaObject, IReadOnlyList<object?>
{
    public string TypeName => "tuple";

    public int Count => 2;

    public IEnumerable<object?> Items => [grouper, members];

    int? IJinjaObject.Length => 2;

    public object? this[int index] => index == 0 ? grouper : members;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "grouper" ? grouper : name == "list" ? members : null;
        return name is "grouper" or "list";
    }

    public IEnumerator<object?> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => "<group>";
}
