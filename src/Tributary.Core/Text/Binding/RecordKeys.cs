using System.Collections.Concurrent;
using System.Reflection;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Text.Binding;

/// <summary>The keys of a record: its primary constructor's parameters, in order, those of an <see cref="InlineAttribute"/> record in its place.</summary>
internal sealed class RecordKeys
{
    private static readonly ConcurrentDictionary<Type, RecordKeys> Known = new();

    private readonly ConstructorInfo constructor;
    private readonly RecordKeys?[] inlined;

    private RecordKeys(Type type)
    {
        constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} has no public constructor.");
        var nullability = new NullabilityInfoContext();
        var parameters = constructor.GetParameters();
        inlined = [.. parameters.Select(parameter => parameter.GetCustomAttribute<InlineAttribute>() is null ? null : Of(parameter.ParameterType))];
        Parameters = [.. parameters.SelectMany((parameter, i) => inlined[i]?.Parameters ?? [RecordParameter.Of(parameter, nullability)])];
        Names = [.. Parameters.Where(parameter => parameter.IsKey).Select(parameter => parameter.Key)];
    }

    public IReadOnlyList<RecordParameter> Parameters { get; }

    /// <summary>The keys that a user may write, without <c>kind</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The record from one argument for each of <see cref="Parameters"/>; what its constructor throws comes through unwrapped.</summary>
    public object Build(ReadOnlySpan<object?> arguments)
    {
        var own = new object?[inlined.Length];
        for (var i = 0; i < own.Length; i++)
        {
            var taken = inlined[i]?.Parameters.Count ?? 1;
            own[i] = inlined[i] is { } record ? record.Build(arguments[..taken]) : arguments[0];
            arguments = arguments[taken..];
        }
        return constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, own, null);
    }

    public static RecordKeys Of(Type type) => Known.GetOrAdd(type, static key => new RecordKeys(key));
}

/// <summary>One parameter of a record: a key of the file, the map's place, or a value that the caller gives.</summary>
internal sealed record RecordParameter(string Key, ParameterRole Role, ParameterInfo Source, ValueShape? Shape, YamlNode? Default)
{
    public bool IsKey => Role == ParameterRole.Key;

    public bool IsRequired => IsKey && Default is null && !Source.HasDefaultValue;

    /// <summary>C#'s default value; reflection gives a nullable enum's as a number and a struct's as null.</summary>
    public object? DefaultValue
    {
        get
        {
            var type = Source.ParameterType;
            if (Source.DefaultValue is not { } value) return type.IsValueType ? Activator.CreateInstance(type) : null;
            return Nullable.GetUnderlyingType(type) is { IsEnum: true } word ? Enum.ToObject(word, value) : value;
        }
    }

    public string? Description => Source.GetCustomAttribute<DescriptionAttribute>()?.Text;

    public static RecordParameter Of(ParameterInfo parameter, NullabilityInfoContext nullability)
    {
        var name = parameter.Name ?? throw new NotSupportedException("A parameter without a name.");
        var key = parameter.GetCustomAttribute<KeyAttribute>()?.Name ?? Identifier.Snake(name);
        if (parameter.ParameterType == typeof(SourcePosition)) return new(key, ParameterRole.Place, parameter, null, null);
        if (parameter.GetCustomAttribute<GivenAttribute>() is not null) return new(key, ParameterRole.Given, parameter, null, null);
        var shape = ValueShape.Of(nullability.Create(parameter), parameter.GetCustomAttribute<OneOrManyAttribute>() is not null);
        if (shape is MapShape map && parameter.GetCustomAttribute<NamesAttribute>() is not null) shape = map with { OrNames = true };
        var fallback = parameter.GetCustomAttribute<DefaultAttribute>()?.Yaml;
        return new(key, ParameterRole.Key, parameter, shape, fallback is null ? null : YamlFile.Parse(fallback, $"default of {key}"));
    }
}

/// <summary>Where a parameter's value comes from.</summary>
internal enum ParameterRole
{
    Key,
    Place,
    Given,
}
