using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Exports;

/// <summary>What becomes of one relation at a destination that holds documents.</summary>
public sealed record CollectionConfig(
    SourcePosition At,
    [Description("The collection that readers know.")] string Collection,
    [Description("The columns that tell one row from every other; the document's _id is made of them.")][OneOrMany] IReadOnlyList<string> Key,
    [Description("wipe: the relation replaces all that this server shows. append: each period of it replaces that period, and other periods stay.")]
    CollectionMode Mode = CollectionMode.Wipe,
    [Description("The column that says which period a row belongs to, for append.")] string? Period = null,
    [Description("Text columns of 24 hexadecimal digits that become ObjectIds.")][OneOrMany] IReadOnlyList<string>? ObjectIds = null,
    [Description("Indexes that the collection must have. They are made when they are missing; others are left alone.")] IReadOnlyList<CollectionIndex>? Indexes = null)
    : IValidated
{
    /// <summary>All that decides how a row becomes a document, as one text: where it changes, every slice is written again.</summary>
    internal string Words => $"{Collection}\n{string.Join(',', Key)}\n{Mode}\n{Period}\n{string.Join(',', ObjectIds ?? [])}";

    public void Validate(Validation check)
    {
        if (Key.Count == 0) check.Refuse("key", "a document needs a key");
        if (Mode == CollectionMode.Append && Period is null) check.Refuse("mode", "append needs `period`", "Name the column that holds the period of a row, such as its month.");
        if (Mode == CollectionMode.Wipe && Period is not null) check.Refuse("period", "a period is for `mode: append`");
    }
}

/// <summary>What a push replaces.</summary>
public enum CollectionMode
{
    Wipe,
    Append,
}

/// <summary>An index that a collection must have.</summary>
public sealed record CollectionIndex(
    SourcePosition At,
    [Description("Fields with 1 for ascending and -1 for descending, in order.")] IReadOnlyDictionary<string, int> Keys,
    [Description("Its name; default: made of the fields, as MongoDB does.")] string? Name = null) : IValidated
{
    public string RealName => Name ?? string.Join('_', Keys.Select(key => $"{key.Key}_{key.Value}"));

    public void Validate(Validation check)
    {
        if (Keys.Count == 0) check.Refuse("keys", "an index needs a field");
        if (Keys.Values.Any(direction => direction is not (1 or -1))) check.Refuse("keys", "a direction is 1 or -1");
    }
}
