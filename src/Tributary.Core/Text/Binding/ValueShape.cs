using System.Collections.Immutable;
using System.Reflection;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Text.Binding;

/// <summary>What a value in YAML may be, derived from a C# type; the binder and the JSON schema both walk it.</summary>
internal abstract record ValueShape(Type Type, bool Nullable)
{
    /// <summary>The words for <c>expected …</c> in errors.</summary>
    public abstract string Expected { get; }

    /// <summary>The shape of a type with its nullability; throws <see cref="NotSupportedException"/> for types no YAML value becomes.</summary>
    public static ValueShape Of(NullabilityInfo nullability, bool oneOrMany = false)
    {
        var type = nullability.Type;
        var nullable = nullability.WriteState == NullabilityState.Nullable || nullability.ReadState == NullabilityState.Nullable;
        if (System.Nullable.GetUnderlyingType(type) is { } underlying) (type, nullable) = (underlying, true);
        if (ScalarType.Of(type) is { } scalar) return new ScalarShape(scalar, nullable);
        if (type.IsEnum) return new EnumShape(type, nullable);
        if (type == typeof(Secret)) return new SecretShape(nullable);
        if (type == typeof(object)) return new AnyShape(nullable);
        if (typeof(YamlNode).IsAssignableFrom(type)) return new NodeShape(type, nullable);
        if (Generic(type, typeof(IReadOnlyList<>))) return new ListShape(type, nullable, Of(nullability.GenericTypeArguments[0]), oneOrMany);
        if (Generic(type, typeof(IReadOnlyDictionary<,>)) && type.GenericTypeArguments[0] == typeof(string))
            return new MapShape(type, nullable, Of(nullability.GenericTypeArguments[1]));
        if (type is { IsClass: true, IsAbstract: true }) return new SeamShape(type, nullable);
        if (type.GetConstructors().Length > 0 && type.Namespace?.StartsWith("System", StringComparison.Ordinal) == false) return new RecordShape(type, nullable);
        throw new NotSupportedException($"No YAML value becomes a {type}.");
    }

    private static bool Generic(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}

/// <summary>One of <see cref="ScalarType.All"/>.</summary>
internal sealed record ScalarShape(ScalarType Scalar, bool Nullable) : ValueShape(Scalar.Type, Nullable)
{
    public override string Expected => Scalar.Expected;
}

/// <summary>One of an enum's members, written in snake_case.</summary>
internal sealed record EnumShape(Type Type, bool Nullable) : ValueShape(Type, Nullable)
{
    public IReadOnlyDictionary<string, object> Words { get; } = Enum.GetValues(Type).Cast<object>()
        .ToImmutableSortedDictionary(value => Identifier.Snake(value.ToString()!), value => value, StringComparer.Ordinal); // an enum value has a name

    public override string Expected => $"one of {string.Join(", ", Words.Keys)}";
}

/// <summary>A <c>${NAME}</c> and nothing else.</summary>
internal sealed record SecretShape(bool Nullable) : ValueShape(typeof(Secret), Nullable)
{
    public override string Expected => "a secret as ${NAME}";
}

/// <summary>Plain values of any form, as <see cref="YamlNode.ToObject"/> gives them.</summary>
internal sealed record AnyShape(bool Nullable) : ValueShape(typeof(object), Nullable)
{
    public override string Expected => "a value";
}

/// <summary>The node itself, for readers that look further on their own.</summary>
internal sealed record NodeShape(Type Type, bool Nullable) : ValueShape(Type, Nullable)
{
    public override string Expected => Type == typeof(YamlMap) ? "a map" : Type == typeof(YamlList) ? "a list" : Type == typeof(YamlScalar) ? "text" : "a value";
}

/// <summary>A list, or with <see cref="OneOrManyAttribute"/> its only item.</summary>
internal sealed record ListShape(Type Type, bool Nullable, ValueShape Item, bool OneOrMany) : ValueShape(Type, Nullable)
{
    public override string Expected => OneOrMany ? $"{Item.Expected} or a list" : "a list";
}

/// <summary>A map with free keys, in the order of the file; with <see cref="NamesAttribute"/> a list of its keys.</summary>
internal sealed record MapShape(Type Type, bool Nullable, ValueShape Value, bool OrNames = false) : ValueShape(Type, Nullable)
{
    public override string Expected => OrNames ? "a list of names or a map" : "a map";
}

/// <summary>A record: a map with known keys.</summary>
internal sealed record RecordShape(Type Type, bool Nullable) : ValueShape(Type, Nullable)
{
    public override string Expected => "a map";
}

/// <summary>An abstract record: a map whose <c>kind:</c> chooses the record.</summary>
internal sealed record SeamShape(Type Type, bool Nullable) : ValueShape(Type, Nullable)
{
    public override string Expected => "a map with a kind";
}
