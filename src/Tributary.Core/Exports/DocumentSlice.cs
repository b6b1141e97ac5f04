namespace Tributary.Core.Exports;

/// <summary>
/// What one server shows of a collection: everything (<paramref name="Period"/> is null), or one period. <paramref name="Generation"/> marks its
/// documents; <paramref name="Version"/> counts how often a period was published with other content; <paramref name="Digest"/> tells
/// whether the content is the same.
/// </summary>
public sealed record DocumentSlice(
    string Collection, string Server, string? Period, string Digest, long Documents, long Bytes = 0, long Generation = 0, int Version = 0, DateTimeOffset PublishedAt = default);
