using System.Collections.Concurrent;
using System.Reflection;

namespace Tributary.Core.Text.Binding;

/// <summary>Every sealed record marked <see cref="KindAttribute"/> in some assemblies, by the seam below which it stands.</summary>
public sealed class KindCatalog
{
    private readonly Lazy<Type[]> marked;
    private readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, Type>> seams = new();

    /// <summary>Usually <c>Tributary.Core</c> and <c>Tributary.Connectors</c>; they are looked through when the first kind is asked for.</summary>
    public KindCatalog(params IEnumerable<Assembly> assemblies) =>
        marked = new(() => [.. assemblies.Distinct().SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsAbstract && type.IsDefined(typeof(KindAttribute), inherit: false))]);

    /// <summary>The kinds of a seam, sorted by name. Two types of one kind are a mistake in the program and throw.</summary>
    public IReadOnlyDictionary<string, Type> Below(Type seam) => seams.GetOrAdd(seam, key =>
    {
        var kinds = new SortedDictionary<string, Type>(StringComparer.Ordinal);
        foreach (var type in marked.Value.Where(type => type.IsAssignableTo(key)))
        {
            var name = NameOf(type);
            if (!kinds.TryAdd(name, type))
                throw new InvalidOperationException($"The kind '{name}' of {key.Name} is declared by {kinds[name].Name} and {type.Name}.");
        }
        return kinds;
    });

    /// <summary>The word of a marked type in YAML.</summary>
    public static string NameOf(Type type) =>
        type.GetCustomAttribute<KindAttribute>()?.Name ?? throw new ArgumentException($"{type.Name} has no [Kind].", nameof(type));
}
