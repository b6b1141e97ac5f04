using System.Globalization;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// One node of a stored query: <c>{VAR :varno 1 …}</c>. A field's value is a <see cref="TreeNode"/>, a list, a string, the bytes
/// of a constant, or null for <c>&lt;&gt;</c>. Field names are those of PostgreSQL's structs (src/include/nodes/primnodes.h, parsenodes.h).
/// </summary>
internal sealed class TreeNode(string type, IReadOnlyList<KeyValuePair<string, object?>> fields)
{
    private static readonly IReadOnlyList<object?> Empty = [];

    /// <summary>The struct's name in capitals: QUERY, VAR, FUNCEXPR.</summary>
    public string Type { get; } = type;

    public IReadOnlyList<KeyValuePair<string, object?>> Fields { get; } = fields;

    /// <summary>The field's value; null when it is null or this version of PostgreSQL does not have it.</summary>
    public object? this[string field]
    {
        get
        {
            foreach (var (name, value) in Fields)
            {
                if (name == field) return value;
            }
            return null;
        }
    }

    public TreeNode? Node(string field) => this[field] as TreeNode;

    public IReadOnlyList<object?> List(string field) => this[field] as IReadOnlyList<object?> ?? Empty;

    public string? Text(string field) => this[field] as string;

    /// <summary>A number; 0 when it is absent.</summary>
    public long Number(string field) => long.TryParse(Text(field), CultureInfo.InvariantCulture, out var number) ? number : 0;

    public uint Oid(string field) => unchecked((uint)Number(field));

    /// <summary>Nodes directly below, in lists and lists of lists too.</summary>
    public IEnumerable<TreeNode> Children() => Fields.SelectMany(field => NodesIn(field.Value));

    private static IEnumerable<TreeNode> NodesIn(object? value) => value switch
    {
        TreeNode node => [node],
        IReadOnlyList<object?> list => list.SelectMany(NodesIn),
        _ => [],
    };
}
