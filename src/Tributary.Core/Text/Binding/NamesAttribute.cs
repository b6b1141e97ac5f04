namespace Tributary.Core.Text.Binding;

/// <summary>A map that may be written as the list of its keys when no entry needs a value; its values are nullable.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NamesAttribute : Attribute;
