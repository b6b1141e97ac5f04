namespace Tributary.Core.Text.Binding;

/// <summary>Not a key: the caller of the binder gives the value by the parameter's name in snake_case, such as a source's name from its file name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class GivenAttribute : Attribute;
