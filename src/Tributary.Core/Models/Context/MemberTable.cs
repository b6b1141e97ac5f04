namespace Tributary.Core.Models.Context;

/// <summary>The attributes of one kind of object, by name; an attribute is made when it is read.</summary>
internal sealed class MemberTable<T> : Dictionary<string, Func<T, object?>>
{
    public MemberTable() : base(StringComparer.Ordinal)
    {
    }

    public bool TryGet(T owner, string name, out object? value)
    {
        var known = TryGetValue(name, out var read);
        value = known ? read!(owner) : null;
        return known;
    }
}
