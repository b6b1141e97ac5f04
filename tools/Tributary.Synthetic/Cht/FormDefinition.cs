namespace Tributary.Synthetic.Cht;

/// <summary>A form of the app: what its document says and its XForm holds.</summary>
internal sealed record FormDefinition(string Name, string Title, string Version, IReadOnlyList<FormField> Fields)
{
    /// <summary>True for forms about a place; the others are about a person.</summary>
    public bool IsOfPlace { get; init; }
}
