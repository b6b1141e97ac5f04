namespace Tributary.Core.Text.Yaml;

/// <summary>A value in a YAML file together with its place: a <see cref="YamlMap"/>, a <see cref="YamlList"/> or a <see cref="YamlScalar"/>.</summary>
public abstract class YamlNode(SourcePosition at)
{
    /// <summary>Where the value begins; for an alias, where the anchor's value was written.</summary>
    public SourcePosition At { get; } = at;

    /// <summary>What stands there, in the words of error messages: <c>text</c>, <c>a whole number</c>, <c>a list</c>, <c>nothing</c> …</summary>
    public abstract string Found { get; }

    /// <summary>
    /// The value without positions, typed as PyYAML reads it (YAML 1.1, as dbt does): null, bool, long, double, string,
    /// <c>List&lt;object?&gt;</c>, <c>Dictionary&lt;string, object?&gt;</c> in the order of the file. Dates stay text.
    /// </summary>
    public abstract object? ToObject();

    /// <summary>How many nodes this is when every alias below is written out.</summary>
    internal abstract int Weight { get; }

    /// <summary>How deep this nests when every alias below is written out; a scalar is 1.</summary>
    internal abstract int Height { get; }
}
