using System.Reflection;
using Tributary.Jinja;

namespace Tributary.Core.Models.Caching;

/// <summary>
/// Which types are stored, and by which fields: those of our own assemblies and plain collections. A field marked
/// <see cref="NotStoredAttribute"/> is left out and stays empty; its owner must bear that.
/// </summary>
internal static class StoredTypes
{
    private static readonly Type[] Lists = [typeof(List<>)];
    private static readonly Type[] Maps = [typeof(Dictionary<,>), typeof(OrderedDictionary<,>), typeof(SortedDictionary<,>)];
    private static readonly Type[] Tuples = [typeof(KeyValuePair<,>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>)];

    private static readonly Assembly[] Ours = [typeof(StoredTypes).Assembly, typeof(Template).Assembly];

    /// <summary>The instance fields, those of base types too; throws <see cref="NotStoredException"/> for a type that is not for storing.</summary>
    public static FieldInfo[] FieldsOf(Type type)
    {
        if (!IsPlain(type)) throw new NotStoredException(type);
        var fields = new List<FieldInfo>();
        for (var declaring = type; declaring is not null && declaring != typeof(object) && declaring != typeof(ValueType); declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.IsDefined(typeof(NotStoredAttribute), inherit: false)) fields.Add(field);
            }
        }
        return [.. fields];
    }

    public static bool IsList(Type type) => IsOneOf(Lists, type);

    public static bool IsMap(Type type) => IsOneOf(Maps, type);

    /// <summary>What may be made because a cache file says so.</summary>
    public static bool MayBeMade(Type type) =>
        type.IsPrimitive || type.IsArray || type == typeof(object) || type == typeof(string) || type == typeof(HashSet<string>) || IsList(type) || IsMap(type) || IsPlain(type);

    /// <summary>No delegates, things of the runtime, other people's classes.</summary>
    private static bool IsPlain(Type type) => IsOneOf(Tuples, type) || (Array.IndexOf(Ours, type.Assembly) >= 0 && !typeof(Delegate).IsAssignableFrom(type));

    private static bool IsOneOf(Type[] definitions, Type type) => type.IsGenericType && Array.IndexOf(definitions, type.GetGenericTypeDefinition()) >= 0;
}
