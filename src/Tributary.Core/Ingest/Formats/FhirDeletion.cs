using System.Text;
using System.Text.Json;

namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// A resource that is gone, as its row in the raw table holds it: a document of type and id only, and a key that says so
/// (<see cref="RecordKey.IsDeletion"/>), with when and as which version where that is known.
/// </summary>
public sealed record FhirDeletion(string Type, string Id, string? Version, DateTime? LastUpdated)
{
    public byte[] Document { get; } =
        Encoding.UTF8.GetBytes($"{{\"resourceType\":{JsonSerializer.Serialize(Type)},\"id\":{JsonSerializer.Serialize(Id)}}}");

    /// <summary>
    /// The deletion that a Bundle's entry stands for; its URL is <c>Patient/123</c>, also behind a server's address or before <c>/_history/4</c>.
    /// </summary>
    public static FhirDeletion Of(in BundleEntry entry)
    {
        var parts = entry.Url!.Split('/'); // a deletion has a URL
        var version = entry.ETag?.Replace("W/", "", StringComparison.Ordinal).Trim('"');
        if (parts.Length >= 4 && parts[^2] == "_history") (parts, version) = (parts[..^2], version ?? parts[^1]);
        FhirResource.TryInstant(entry.LastModified, out var lastModified);
        return parts.Length < 2
            ? new FhirDeletion(parts[0], "", version, lastModified)
            : new FhirDeletion(parts[^2], parts[^1], version, lastModified);
    }

    /// <summary>What was read from <see cref="Document"/>, with what is known of the deletion.</summary>
    public RecordKey Dated(in RecordKey key) => key with { IsDeletion = true, LastUpdated = LastUpdated, Version = Version };

    /// <summary>
    /// A deletion that does not say when it happened: as the end of the version that is known, or at <paramref name="latest"/> when that is later;
    /// so that a resource which comes back is newer than its deletion, even when the system's clocks differ or it keeps whole seconds.
    /// </summary>
    public FhirDeletion Placed(in RecordKey known, DateTime? latest) =>
        this with { Version = Version ?? known.Version, LastUpdated = latest > known.LastUpdated || known.LastUpdated is null ? latest : known.LastUpdated };
}
