namespace Tributary.Core.Models.Caching;

/// <summary>An object among the parsed project is of a type that cannot be stored: nothing is cached then.</summary>
internal sealed class NotStoredException(Type type) : Exception($"Objects of the type {type} cannot be stored in the parse cache.");
