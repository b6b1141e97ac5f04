namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// One entry of a Bundle: its resource with its place, or the deletion that <c>request</c> asks for (<paramref name="Url"/> is
/// <c>Patient/123</c>). <paramref name="LastModified"/> and <paramref name="ETag"/> are those of <c>response</c>.
/// </summary>
public readonly record struct BundleEntry(Line Resource, string? Method, string? Url, string? LastModified, string? ETag)
{
    public bool IsDeletion => Method == "DELETE" && Url is not null;

    public string? FullUrl { get; init; }

    /// <summary><c>match</c>, <c>include</c> or <c>outcome</c> in the answer to a search.</summary>
    public string? Mode { get; init; }
}
