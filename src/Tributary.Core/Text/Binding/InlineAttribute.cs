namespace Tributary.Core.Text.Binding;

/// <summary>The parameter is a record whose keys stand among the keys of the record around it: what several kinds share is written once.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InlineAttribute : Attribute;
