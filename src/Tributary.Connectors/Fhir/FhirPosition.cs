using System.Text.Json;
using System.Text.Json.Serialization;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Where the reading of one type stands. Everything the server changed up to <paramref name="Since"/> (by its own clock) was read,
/// <paramref name="Recent"/> are the prints of the newest records among it, and <paramref name="Records"/> counts what was given so far.
/// </summary>
internal sealed record FhirPosition(DateTime? Since = null, string? Recent = null, long Records = 0)
{
    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>A search or history that has not come to its end.</summary>
    public WalkPosition? Walk { get; init; }

    /// <summary>An export that has not come to its end.</summary>
    public JobPosition? Job { get; init; }

    /// <summary>The status address of an export that is loaded and still to be deleted on the server.</summary>
    public string? Finished { get; init; }

    /// <summary>When the last reconciliation ended, by the server's clock.</summary>
    public DateTime? Reconciled { get; init; }

    /// <summary>The last key that a reconciliation has asked for which has not come to its end.</summary>
    public string? ReconciledTo { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Snake);

    public static FhirPosition Parse(string position) =>
        position == Checkpoint.AtRest ? new FhirPosition() : JsonSerializer.Deserialize<FhirPosition>(position, Snake)!; // an object, as it was written
}

/// <summary>
/// A walk that began behind <paramref name="From"/>. Of a history, which comes newest first: the page to go on with, where
/// the stream will stand at its end, and the time of the last entry before that page.
/// </summary>
internal sealed record WalkPosition(DateTime? From, string? Next = null, DateTime? Top = null, DateTime? Above = null);

/// <summary>
/// An export job: its status address, what it was asked for, and how far its files were read. <paramref name="File"/> counts the
/// manifest's files: outputs, deletions, errors, in this order.
/// </summary>
internal sealed record JobPosition(string Status, int File = 0, FilePosition? At = null);
