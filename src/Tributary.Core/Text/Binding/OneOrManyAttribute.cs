namespace Tributary.Core.Text.Binding;

/// <summary>A list that may be written as its single item.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OneOrManyAttribute : Attribute;
