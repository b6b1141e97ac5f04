namespace Tributary.Core.Ingest.Datasets;

/// <summary>A drop cannot be taken as it is and waits for a human; the message goes on behind "the drop … is held: ".</summary>
internal sealed class HeldException(string because) : Exception(because)
{
    /// <summary>A human may say that it is to be taken all the same; what cannot be read at all stays held whatever anybody says.</summary>
    public bool CanBeAccepted { get; init; }
}
