using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Text.Binding;

/// <summary>
/// Maps YAML to immutable records by their primary constructors: a parameter is a key in snake_case, one with a default
/// is optional, one of type <see cref="SourcePosition"/> takes the map's place. Reports every problem, each where it stands.
/// </summary>
public sealed class Binder(EnvironmentVariables environment, KindCatalog kinds)
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    /// <summary>
    /// The record that the node describes, or null when it cannot be built; problems are added either way (a validation
    /// may complain about a record that was built). <paramref name="given"/> holds the <see cref="GivenAttribute"/> parameters by name.
    /// </summary>
    public T? Bind<T>(YamlNode node, Problems problems, IReadOnlyDictionary<string, object?>? given = null) where T : class
    {
        var shape = typeof(T).IsAbstract ? (ValueShape)new SeamShape(typeof(T), false) : new RecordShape(typeof(T), false);
        var binding = new ValueBinding(new Expansion(environment, problems), kinds, problems, given ?? Nothing);
        return binding.TryBind(shape, node, "the file", out var value) ? (T?)value : null;
    }

    /// <summary>The record that the node describes; throws <see cref="UserErrorException"/> with every problem.</summary>
    public T Read<T>(YamlNode node, IReadOnlyDictionary<string, object?>? given = null) where T : class
    {
        var problems = new Problems();
        var value = Bind<T>(node, problems, given);
        problems.ThrowIfAny();
        return value ?? throw new InvalidOperationException($"No {typeof(T).Name} and no problem.");
    }
}
