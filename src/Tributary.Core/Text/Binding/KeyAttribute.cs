namespace Tributary.Core.Text.Binding;

/// <summary>The key in YAML when it is not the parameter's name in snake_case.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class KeyAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
