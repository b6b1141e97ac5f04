using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tributary.Core.Text.Yaml;

/// <summary>
/// Turns the parser's events of one file into nodes; collects keys that stand twice and reports them together. With
/// <paramref name="warnings"/> such keys are only warned of, and the last one counts.
/// </summary>
internal sealed class YamlTreeReader(IParser parser, string file, YamlLimits limits, Problems? warnings = null)
{
    private readonly Dictionary<string, YamlNode?> anchors = new(StringComparer.Ordinal); // null while its value is being read
    private readonly Problems problems = new();
    private ParsingEvent? next;
    private Mark reached = Mark.Empty;
    private long nodes;

    public static SourcePosition Place(string file, Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    public YamlNode ReadFile()
    {
        if (Peek() is StreamStart) Take();
        if (Peek() is StreamEnd) return new YamlScalar(new SourcePosition(file, 1, 1), "");
        Take(); // the document's start
        var root = ReadNode(1);
        Take(); // and its end
        if (Peek() is DocumentStart second)
            throw Refuse(ErrorCodes.YamlSyntax, second.Start, "the file holds a second document (---)", "Put each document into a file of its own.");
        problems.ThrowIfAny();
        return root;
    }

    private ParsingEvent Peek()
    {
        try
        {
            if (next is null && parser.MoveNext()) next = parser.Current;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException) // the parser's own checks, for tags such as !<>
        {
            throw Refuse(ErrorCodes.YamlSyntax, reached, $"this is not YAML: {e.Message}");
        }
        reached = next?.End ?? reached;
        return next ?? throw Refuse(ErrorCodes.YamlSyntax, reached, "this is not YAML: the file ends too early");
    }

    private ParsingEvent Take()
    {
        var taken = Peek();
        next = null;
        return taken;
    }

    private YamlNode ReadNode(int depth)
    {
        var start = Take();
        if (depth > limits.Depth) throw TooDeep(start.Start);
        Count(1, start.Start);
        if (start is AnchorAlias alias) return Resolve(alias, depth);
        var anchor = start is NodeEvent { Anchor.IsEmpty: false } named ? named.Anchor.Value : null;
        if (anchor is not null) anchors[anchor] = null;
        YamlNode node = start switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart sequence => ReadList(sequence, depth),
            MappingStart mapping => ReadMap(mapping, depth),
            _ => throw Refuse(ErrorCodes.YamlSyntax, start.Start, "this is not a YAML value"),
        };
        if (anchor is not null) anchors[anchor] = node;
        return node;
    }

    private YamlNode Resolve(AnchorAlias alias, int depth)
    {
        var name = Excerpt.Of(alias.Value.Value);
        if (!anchors.TryGetValue(alias.Value.Value, out var target))
            throw Refuse(ErrorCodes.YamlSyntax, alias.Start, $"*{name} has no anchor &{name} above it");
        if (target is null)
            throw Refuse(ErrorCodes.YamlSyntax, alias.Start, $"*{name} stands inside the value that it names");
        if (depth + target.Height - 1 > limits.Depth) throw TooDeep(alias.Start);
        Count(target.Weight - 1, alias.Start);
        return target;
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        var style = scalar.Style switch
        {
            ScalarStyle.SingleQuoted => YamlStyle.SingleQuoted,
            ScalarStyle.DoubleQuoted => YamlStyle.DoubleQuoted,
            ScalarStyle.Literal => YamlStyle.Literal,
            ScalarStyle.Folded => YamlStyle.Folded,
            _ => YamlStyle.Plain,
        };
        switch (Tag(scalar))
        {
            case null: break;
            case "str" or "!": style = style == YamlStyle.Plain ? YamlStyle.DoubleQuoted : style; break;
            case "int" or "float" or "bool" or "null": style = YamlStyle.Plain; break;
            case var other: throw UnknownTag(scalar, other);
        }
        return new YamlScalar(Place(file, scalar.Start), scalar.Value, style);
    }

    private YamlList ReadList(SequenceStart start, int depth)
    {
        if (Tag(start) is not (null or "seq" or "!") and var tag) throw UnknownTag(start, tag);
        var items = new List<YamlNode>();
        while (Peek() is not SequenceEnd) items.Add(ReadNode(depth + 1));
        Take();
        return new YamlList(Place(file, start.Start), items);
    }

    private YamlMap ReadMap(MappingStart start, int depth)
    {
        if (Tag(start) is not (null or "map" or "!") and var tag) throw UnknownTag(start, tag);
        var entries = new List<YamlEntry>();
        var merged = new List<YamlMap>();
        while (Peek() is not MappingEnd)
        {
            var key = ReadKey(depth);
            var value = ReadNode(depth + 1);
            if (key is { Text: "<<", IsPlain: true }) merged.AddRange(Merged(key, value));
            else entries.Add(new YamlEntry(key.Text, key.At, value));
        }
        Take();
        return new YamlMap(Place(file, start.Start), Combine(Distinct(entries), merged));
    }

    private YamlScalar ReadKey(int depth)
    {
        var node = ReadNode(depth + 1);
        return node as YamlScalar ?? throw new UserErrorException(ErrorCodes.YamlSyntax, node.At, $"a key must be text, found {node.Found}");
    }

    private static IEnumerable<YamlMap> Merged(YamlScalar key, YamlNode value) => value switch
    {
        YamlMap map => [map],
        YamlList { Items: var items } when items.All(item => item is YamlMap) => items.Cast<YamlMap>(),
        _ => throw new UserErrorException(ErrorCodes.YamlSyntax, key.At, $"<<: expected a map or a list of maps, found {value.Found}"),
    };

    private List<YamlEntry> Distinct(List<YamlEntry> entries)
    {
        var first = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (first.TryAdd(entry.Key, entry)) continue;
            var message = $"the key '{Excerpt.Of(entry.Key)}' stands twice; it was first given in line {first[entry.Key].KeyAt.Line}";
            if (warnings is null) problems.Add(ErrorCodes.DuplicateKey, entry.KeyAt, message, "Remove one of the two.");
            else warnings.Warn(ErrorCodes.DuplicateKey, entry.KeyAt, message + ", and this one counts", "Remove one of the two.");
            if (warnings is not null) first[entry.Key] = entry;
        }
        return first.Count == entries.Count ? entries : [.. first.Values];
    }

    /// <summary>Merged keys stand first, an earlier merged map wins over a later one, and the map's own keys win over all.</summary>
    private List<YamlEntry> Combine(List<YamlEntry> own, List<YamlMap> merged)
    {
        if (merged.Count == 0) return own;
        var entries = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in Enumerable.Reverse(merged).SelectMany(map => map.Entries).Concat(own))
        {
            Count(entry.Value.Weight, default);
            entries[entry.Key] = entry;
        }
        return [.. entries.Values];
    }

    private static string? Tag(NodeEvent node)
    {
        const string core = "tag:yaml.org,2002:";
        if (node.Tag.IsEmpty) return null;
        return node.Tag.Value.StartsWith(core, StringComparison.Ordinal) ? node.Tag.Value[core.Length..] : node.Tag.Value;
    }

    private void Count(int more, Mark at)
    {
        nodes += more;
        if (nodes > limits.Nodes)
            throw Refuse(ErrorCodes.LimitExceeded, at, $"the file holds more than {limits.Nodes} values when its aliases are written out", "Split it, or use fewer aliases.");
    }

    private UserErrorException TooDeep(Mark at) =>
        Refuse(ErrorCodes.LimitExceeded, at, $"the file nests deeper than {limits.Depth} levels");

    private UserErrorException UnknownTag(NodeEvent node, string? tag) =>
        Refuse(ErrorCodes.YamlSyntax, node.Start, $"the tag '{Excerpt.Of(tag ?? "")}' is not supported here", "Remove the tag.");

    private UserErrorException Refuse(string code, Mark at, string message, string? hint = null) =>
        new(code, Place(file, at), message, hint);
}
