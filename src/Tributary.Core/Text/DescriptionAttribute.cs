namespace Tributary.Core.Text;

/// <summary>One sentence for the user about a key or kind: becomes the JSON schema's and the docs' text.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class DescriptionAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}
