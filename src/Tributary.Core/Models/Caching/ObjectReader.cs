using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Caching;

/// <summary>
/// Reads what <see cref="ObjectWriter"/> wrote. No constructor and no method of a stored type is called. Whatever is wrong with the
/// bytes ends in an exception of some kind; the caller takes every one as "there is no cache".
/// </summary>
internal sealed class ObjectReader(Stream stream, params IReadOnlyList<object> given) : IDisposable
{
    private readonly BinaryReader input = new(stream);
    private readonly List<object?> known = [];
    private readonly List<string> texts = [];
    private readonly List<Type> types = [];
    private readonly Dictionary<Type, FieldInfo[]> fields = [];

    public void Dispose() => input.Dispose();

    public object? Read()
    {
        var tag = (StoredTag)input.ReadByte();
        return tag switch
        {
            StoredTag.Null => null,
            StoredTag.True => true,
            StoredTag.False => false,
            StoredTag.Integer => input.Read7BitEncodedInt(),
            StoredTag.Long => input.Read7BitEncodedInt64(),
            StoredTag.Double => input.ReadDouble(),
            StoredTag.NewText => NewText(),
            StoredTag.KnownText => texts[input.Read7BitEncodedInt()],
            StoredTag.Bytes => input.ReadBytes(input.Read7BitEncodedInt()),
            StoredTag.Position => new SourcePosition((string)Read()!, input.Read7BitEncodedInt(), input.Read7BitEncodedInt()), // a position has a file
            StoredTag.Enumeration => Enum.ToObject(ReadType(), input.Read7BitEncodedInt64()),
            StoredTag.Given => given[input.Read7BitEncodedInt()],
            StoredTag.Known => known[input.Read7BitEncodedInt()],
            _ => ReadNew(tag),
        };
    }

    private object ReadNew(StoredTag tag)
    {
        if (tag == StoredTag.Fields) return ReadFields();
        var number = known.Count;
        known.Add(null);
        switch (tag)
        {
            case StoredTag.Template:
                return known[number] = Template.Deferred((string)Read()!, (string)Read()!, (bool)Read()!, (string?)Read()); // as it was written
            case StoredTag.Array:
                var array = Array.CreateInstance(ReadType(), input.Read7BitEncodedInt());
                known[number] = array;
                for (var i = 0; i < array.Length; i++) array.SetValue(Read(), i);
                return array;
            case StoredTag.List:
                var list = (IList)Make(ReadType());
                known[number] = list;
                for (var left = input.Read7BitEncodedInt(); left > 0; left--) list.Add(Read());
                return list;
            case StoredTag.Map:
                return ReadMap(number);
            case StoredTag.Set:
                ReadType();
                var count = input.Read7BitEncodedInt();
                var set = new HashSet<string>((bool)Read()! ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
                known[number] = set;
                while (count-- > 0) set.Add((string)Read()!); // as it was written
                return set;
            default:
                throw new InvalidDataException("not a stored object");
        }
    }

    private IDictionary ReadMap(int number)
    {
        var type = ReadType();
        var count = input.Read7BitEncodedInt();
        var ignoresCase = (bool)Read()!; // as it was written
        var map = type == typeof(Dictionary<string, object?>)
            ? new Dictionary<string, object?>(count, ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)
            : (IDictionary)(ignoresCase ? Activator.CreateInstance(type, StringComparer.OrdinalIgnoreCase) : Activator.CreateInstance(type))!; // no nullable type
        known[number] = map;
        while (count-- > 0)
        {
            var key = Read()!; // as it was written
            map.Add(key, Read());
        }
        return map;
    }

    /// <summary>A structure is no object of its own; it has no number.</summary>
    private object ReadFields()
    {
        var type = ReadType();
        var made = RuntimeHelpers.GetUninitializedObject(type);
        if (!type.IsValueType) known.Add(made);
        if (!fields.TryGetValue(type, out var own)) fields[type] = own = StoredTypes.FieldsOf(type);
        foreach (var field in own) field.SetValue(made, Read());
        return made;
    }

    private static object Make(Type type) => Activator.CreateInstance(type)!; // a list

    private string NewText()
    {
        var text = input.ReadString();
        texts.Add(text);
        return text;
    }

    private Type ReadType()
    {
        var number = input.Read7BitEncodedInt();
        if (number < types.Count) return types[number];
        var type = Type.GetType(input.ReadString(), throwOnError: true)!; // it throws
        if (!StoredTypes.MayBeMade(type)) throw new NotStoredException(type);
        types.Add(type);
        return type;
    }
}
