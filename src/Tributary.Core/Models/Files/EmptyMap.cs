namespace Tributary.Core.Models.Files;

/// <summary>The map without entries.</summary>
internal static class EmptyMap
{
    public static readonly IReadOnlyDictionary<string, object?> Instance = new Dictionary<string, object?>();
}
