namespace Tributary.Core.Text;

/// <summary>A value that is never shown: prints <c>***</c> wherever it is formatted, logged or serialized.</summary>
public sealed class Secret(string value) : IEquatable<Secret>
{
    private readonly string value = value;

    /// <summary>The value itself, for the one call that hands it to the outside system.</summary>
    public string Reveal() => value;

    public override string ToString() => "***";

    public bool Equals(Secret? other) => other is not null && other.value == value;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);
}
