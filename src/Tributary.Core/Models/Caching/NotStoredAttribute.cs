namespace Tributary.Core.Models.Caching;

/// <summary>A field that the parse cache leaves out; it is empty in an object that was read back, and its owner must bear that.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class NotStoredAttribute : Attribute;
