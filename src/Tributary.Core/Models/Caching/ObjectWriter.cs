using System.Collections;
using System.Globalization;
using System.Reflection;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Caching;

/// <summary>
/// Writes a graph of objects field by field, each object and each text once, so that a field that a record gains later is stored
/// without anyone thinking of it. <paramref name="given"/> are objects that the reader will have: only their number is written.
/// </summary>
internal sealed class ObjectWriter(Stream stream, params IReadOnlyList<object> given) : IDisposable
{
    private const int DeepestNesting = 200;

    private readonly BinaryWriter output = new(stream);
    private readonly Dictionary<object, int> known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, int> types = [];
    private readonly Dictionary<Type, FieldInfo[]> fields = [];
    private int depth;

    public void Dispose() => output.Dispose();

    /// <summary>Throws <see cref="NotStoredException"/> when something in the graph is no plain value.</summary>
    public void Write(object? value)
    {
        switch (value)
        {
            case null: Tag(StoredTag.Null); break;
            case string text: WriteText(text); break;
            case bool truth: Tag(truth ? StoredTag.True : StoredTag.False); break;
            case int number: Tag(StoredTag.Integer); output.Write7BitEncodedInt(number); break;
            case long number: Tag(StoredTag.Long); output.Write7BitEncodedInt64(number); break;
            case double number: Tag(StoredTag.Double); output.Write(number); break;
            case byte[] bytes: Tag(StoredTag.Bytes); output.Write7BitEncodedInt(bytes.Length); output.Write(bytes); break;
            case SourcePosition at: WritePosition(at); break;
            case Enum choice: Tag(StoredTag.Enumeration); WriteType(choice.GetType()); output.Write7BitEncodedInt64(Convert.ToInt64(choice, CultureInfo.InvariantCulture)); break;
            case ValueType: Tag(StoredTag.Fields); WriteFields(value); break;
            default: WriteObject(value); break;
        }
    }

    private void WriteObject(object value)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (!ReferenceEquals(given[i], value)) continue;
            Tag(StoredTag.Given);
            output.Write7BitEncodedInt(i);
            return;
        }
        if (known.TryGetValue(value, out var number))
        {
            Tag(StoredTag.Known);
            output.Write7BitEncodedInt(number);
            return;
        }
        known[value] = known.Count;
        if (++depth > DeepestNesting) throw new NotStoredException(value.GetType());
        WriteContent(value);
        depth--;
    }

    private void WriteContent(object value)
    {
        switch (value)
        {
            case Template template: WriteTemplate(template); break;
            case Array { Rank: 1 } array: Begin(StoredTag.Array, array.GetType().GetElementType()!, array.Length); WriteAll(array); break; // an array has elements
            case IDictionary map when StoredTypes.IsMap(map.GetType()): WriteMap(map); break;
            case IList list when StoredTypes.IsList(list.GetType()): Begin(StoredTag.List, list.GetType(), list.Count); WriteAll(list); break;
            case HashSet<string> set: Begin(StoredTag.Set, set.GetType(), set.Count); Comparer(set.Comparer); WriteAll(set); break;
            default: Tag(StoredTag.Fields); WriteFields(value); break;
        }
    }

    private void WriteTemplate(Template template)
    {
        Tag(StoredTag.Template);
        WriteText(template.Text);
        WriteText(template.FileName);
        Write(template.IsLibrary);
        Write(template.Snapshot);
    }

    private void WriteMap(IDictionary map)
    {
        Begin(StoredTag.Map, map.GetType(), map.Count);
        Comparer(map.GetType().GetProperty("Comparer")?.GetValue(map));
        foreach (DictionaryEntry entry in map)
        {
            Write(entry.Key);
            Write(entry.Value);
        }
    }

    /// <summary>Texts are compared letter by letter nearly everywhere; another comparer is not silently lost.</summary>
    private void Comparer(object? comparer)
    {
        var ignoresCase = ReferenceEquals(comparer, StringComparer.OrdinalIgnoreCase);
        if (!ignoresCase && comparer is StringComparer && !comparer.Equals(StringComparer.Ordinal)) throw new NotStoredException(comparer.GetType());
        Write(ignoresCase);
    }

    private void WriteFields(object value)
    {
        var type = value.GetType();
        WriteType(type);
        if (!fields.TryGetValue(type, out var own)) fields[type] = own = StoredTypes.FieldsOf(type);
        foreach (var field in own) Write(field.GetValue(value));
    }

    private void WriteAll(IEnumerable items)
    {
        foreach (var item in items) Write(item);
    }

    private void Begin(StoredTag tag, Type type, int count)
    {
        Tag(tag);
        WriteType(type);
        output.Write7BitEncodedInt(count);
    }

    private void WritePosition(SourcePosition at)
    {
        Tag(StoredTag.Position);
        Write(at.File);
        output.Write7BitEncodedInt(at.Line);
        output.Write7BitEncodedInt(at.Column);
    }

    private void WriteText(string text)
    {
        if (texts.TryGetValue(text, out var number))
        {
            Tag(StoredTag.KnownText);
            output.Write7BitEncodedInt(number);
            return;
        }
        texts[text] = texts.Count;
        Tag(StoredTag.NewText);
        output.Write(text);
    }

    private void WriteType(Type type)
    {
        if (types.TryGetValue(type, out var number))
        {
            output.Write7BitEncodedInt(number);
            return;
        }
        output.Write7BitEncodedInt(types.Count);
        types[type] = types.Count;
        output.Write(type.AssemblyQualifiedName ?? throw new NotStoredException(type));
    }

    private void Tag(StoredTag tag) => output.Write((byte)tag);
}
