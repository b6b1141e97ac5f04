namespace Tributary.Core.Models.Files;

/// <summary>Which parts of a relation's name stand in double quotes.</summary>
public sealed record Quoting(bool Database, bool Schema, bool Identifier)
{
    public static readonly Quoting All = new(true, true, true);

    /// <summary>The same, with the parts that a <c>quoting:</c> map names changed.</summary>
    public Quoting With(object? given)
    {
        if (given is not IReadOnlyDictionary<string, object?> map) return this;
        return new Quoting(
            map.GetValueOrDefault("database") as bool? ?? Database,
            map.GetValueOrDefault("schema") as bool? ?? Schema,
            map.GetValueOrDefault("identifier") as bool? ?? Identifier);
    }
}
