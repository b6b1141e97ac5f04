namespace Tributary.Core.Ingest.Drops;

/// <summary>What is to be done with one drop for one stream.</summary>
internal sealed record DropStep(Drop Drop, IReadOnlyList<DropFile> Files, string Signature, DropVerdict Verdict, string? Because = null, bool IsAccepted = false, bool CanAccept = true);

/// <summary>What a look at a drop's names and times says.</summary>
internal enum DropVerdict
{
    /// <summary>Read it.</summary>
    Take,

    /// <summary>It changes nothing: it has no file of the dataset, and that is allowed.</summary>
    Pass,

    /// <summary>A human must say what is to happen.</summary>
    Hold,

    /// <summary>It is not complete yet.</summary>
    Wait,
}
