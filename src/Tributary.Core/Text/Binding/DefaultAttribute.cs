namespace Tributary.Core.Text.Binding;

/// <summary>What an absent key means, as YAML text (<c>[Default("16 MB")]</c>, <c>[Default("[]")]</c>), where C# allows no default value.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DefaultAttribute(string yaml) : Attribute
{
    public string Yaml { get; } = yaml;
}
