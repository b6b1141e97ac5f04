using System.Collections;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Text.Binding;

/// <summary>One run of the binder over one file: dispatches each value by its shape.</summary>
internal sealed class ValueBinding(Expansion expansion, KindCatalog kinds, Problems problems, IReadOnlyDictionary<string, object?> given)
{
    /// <summary>False after a problem was added. <paramref name="label"/> names the value in messages (<c>streams[2].files</c>).</summary>
    public bool TryBind(ValueShape shape, YamlNode node, string label, out object? value)
    {
        value = null;
        if (node is YamlScalar { IsNull: true } && shape is not NodeShape)
            return shape.Nullable || Mismatch(shape, node, label);
        return shape switch
        {
            ScalarShape or EnumShape or SecretShape => node is YamlScalar scalar ? Scalar(shape, scalar, label, out value) : Mismatch(shape, node, label),
            ListShape list => List(list, node, label, out value),
            MapShape { OrNames: true } map when node is YamlList names => Names(map, names, label, out value),
            MapShape map => node is YamlMap entries ? Map(map, entries, label, out value) : Mismatch(shape, node, label),
            RecordShape => node is YamlMap entries ? Record(shape.Type, entries, label, out value) : Mismatch(shape, node, label),
            SeamShape => node is YamlMap entries ? Seam(shape.Type, entries, label, out value) : Mismatch(shape, node, label),
            NodeShape => shape.Type.IsInstanceOfType(value = node) || (shape.Nullable && Absent(node, ref value)) || Mismatch(shape, node, label),
            AnyShape => Any(node, out value),
            _ => throw new NotSupportedException($"No binding for {shape.GetType().Name}."),
        };
    }

    private bool Scalar(ValueShape shape, YamlScalar node, string label, out object? value)
    {
        value = null;
        if (shape is SecretShape) return (value = expansion.Reveal(node, label)) is not null;
        if (expansion.Expand(node) is not { } text) return false;
        var expanded = !ReferenceEquals(text, node.Text);
        if (shape is EnumShape words) return words.Words.TryGetValue(text, out value) || UnknownWord(words, node, expanded, label);
        var scalar = ((ScalarShape)shape).Scalar;
        if (scalar.Plain && !node.IsPlain && !expanded) return Mismatch(shape, node, label, "Remove the quotes.");
        if ((value = scalar.Parse(text)) is not null) return true;
        problems.Add(ErrorCodes.WrongType, node.At, $"{label}: expected {scalar.ExpectedFor(node)}, found {(expanded ? "text from a variable" : node.Found)}");
        return false;
    }

    private bool List(ListShape shape, YamlNode node, string label, out object? value)
    {
        value = null;
        if (node is not YamlList list && !shape.OneOrMany) return Mismatch(shape, node, label);
        var nodes = node is YamlList many ? many.Items : [node];
        var items = Array.CreateInstance(ItemType(shape.Item), nodes.Count);
        var good = true;
        for (var i = 0; i < nodes.Count; i++)
        {
            if (TryBind(shape.Item, nodes[i], node is YamlList ? $"{label}[{i + 1}]" : label, out var item)) items.SetValue(item, i);
            else good = false;
        }
        value = items;
        return good;
    }

    private bool Map(MapShape shape, YamlMap node, string label, out object? value)
    {
        var entries = (IDictionary)Activator.CreateInstance(typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), ItemType(shape.Value)))!; // a class with a public constructor
        var good = true;
        foreach (var entry in node.Entries)
        {
            if (TryBind(shape.Value, entry.Value, Child(label, entry.Key), out var item)) entries.Add(entry.Key, item);
            else good = false;
        }
        value = entries;
        return good;
    }

    private bool Names(MapShape shape, YamlList node, string label, out object? value)
    {
        var entries = (IDictionary)Activator.CreateInstance(typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), ItemType(shape.Value)))!; // a class with a public constructor
        var good = true;
        foreach (var item in node.Items)
        {
            if (item is not YamlScalar scalar || expansion.Expand(scalar) is not { } name) good = Mismatch(shape, item, label);
            else if (!entries.Contains(name)) entries.Add(name, null);
            else
            {
                problems.Add(ErrorCodes.DuplicateKey, item.At, $"{label}: '{name}' stands here twice", "Remove one of them.");
                good = false;
            }
        }
        value = entries;
        return good;
    }

    private bool Seam(Type seam, YamlMap node, string label, out object? value)
    {
        value = null;
        var known = kinds.Below(seam);
        if (node.Find("kind") is not { } kind)
        {
            problems.Add(ErrorCodes.MissingKey, node.At, $"{label}: the key 'kind' is missing", $"Known kinds: {string.Join(", ", known.Keys)}.");
            return false;
        }
        if (kind is YamlScalar { Text: var word } && known.TryGetValue(word, out var type)) return Record(type, node, label, out value);
        var found = kind is YamlScalar { Text: var unknown } ? unknown : kind.Found;
        problems.Add(ErrorCodes.UnknownKind, kind.At, $"unknown kind '{Excerpt.Of(found)}'", Nearest.Hint(found, [.. known.Keys]));
        return false;
    }

    private bool Record(Type type, YamlMap node, string label, out object? value)
    {
        var before = problems.Count;
        var keys = RecordKeys.Of(type);
        RefuseUnknown(type, keys, node);
        var arguments = new object?[keys.Parameters.Count];
        var good = true;
        for (var i = 0; i < arguments.Length; i++) good &= Argument(keys.Parameters[i], node, label, out arguments[i]);
        value = good ? keys.Build(arguments) : null;
        if (value is IValidated validated && problems.Count == before) validated.Validate(new Validation(node, problems));
        return good;
    }

    private bool Argument(RecordParameter parameter, YamlMap node, string label, out object? value)
    {
        value = parameter.Role == ParameterRole.Place ? node.At : null;
        if (parameter.Role == ParameterRole.Place) return true;
        if (parameter.Role == ParameterRole.Given) return Given(parameter, out value);
        var written = node.Find(parameter.Key);
        var path = Child(label, parameter.Key);
        if (written is YamlScalar { IsNull: true } && !parameter.IsRequired && !parameter.Shape!.Nullable) written = null; // `key:` with nothing behind it; a key has a shape
        if ((written ?? parameter.Default) is { } present) return TryBind(parameter.Shape!, present, path, out value); // a key has a shape
        if (parameter.Source.HasDefaultValue)
        {
            value = parameter.DefaultValue;
            return true;
        }
        problems.Add(ErrorCodes.MissingKey, node.At, $"the key '{path}' is missing", $"Expected {parameter.Shape!.Expected}."); // a key has a shape
        return false;
    }

    private bool Given(RecordParameter parameter, out object? value)
    {
        if (given.TryGetValue(parameter.Key, out value)) return true;
        value = parameter.Source.HasDefaultValue ? parameter.Source.DefaultValue
            : throw new InvalidOperationException($"Nobody gave the value '{parameter.Key}' of {parameter.Source.Member.DeclaringType?.Name}.");
        return true;
    }

    private void RefuseUnknown(Type type, RecordKeys keys, YamlMap node)
    {
        var isKind = type.IsDefined(typeof(KindAttribute), inherit: false);
        foreach (var entry in node.Entries)
        {
            if (keys.Names.Contains(entry.Key) || (isKind && entry.Key == "kind")) continue;
            problems.Add(ErrorCodes.UnknownKey, entry.KeyAt, $"unknown key '{Excerpt.Of(entry.Key)}'", Nearest.Hint(entry.Key, keys.Names));
        }
    }

    private bool Any(YamlNode node, out object? value)
    {
        var before = problems.Count;
        value = Expanded(node).ToObject();
        return problems.Count == before;
    }

    private YamlNode Expanded(YamlNode node) => node switch
    {
        YamlScalar scalar => expansion.Expand(scalar) is { } text && !ReferenceEquals(text, scalar.Text) ? new YamlScalar(scalar.At, text, scalar.Style) : scalar,
        YamlList list => new YamlList(list.At, [.. list.Items.Select(Expanded)]),
        YamlMap map => new YamlMap(map.At, [.. map.Entries.Select(entry => entry with { Value = Expanded(entry.Value) })]),
        _ => node,
    };

    private bool UnknownWord(EnumShape shape, YamlScalar node, bool expanded, string label)
    {
        var found = expanded ? "another word" : $"'{Excerpt.Of(node.Text)}'"; // what came from the environment is not repeated
        problems.Add(ErrorCodes.UnknownName, node.At, $"{label}: expected {shape.Expected}, found {found}", expanded ? null : Nearest.Hint(node.Text, [.. shape.Words.Keys]));
        return false;
    }

    private bool Mismatch(ValueShape shape, YamlNode node, string label, string? hint = null)
    {
        problems.Add(ErrorCodes.WrongType, node.At, $"{label}: expected {shape.Expected}, found {node.Found}", hint);
        return false;
    }

    private static bool Absent(YamlNode node, ref object? value)
    {
        value = null;
        return node is YamlScalar { IsNull: true };
    }

    private static Type ItemType(ValueShape shape) =>
        shape.Nullable && shape.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(shape.Type) : shape.Type;

    private static string Child(string label, string key) => label == "the file" ? Excerpt.Of(key) : $"{label}.{Excerpt.Of(key)}";
}
