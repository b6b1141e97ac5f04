namespace Tributary.Connectors.Fhir;

/// <summary>How deletions on a FHIR server are found.</summary>
public enum DeletionMode
{
    /// <summary>From the history of the type where the server offers it, else by reconciliation.</summary>
    Auto,

    /// <summary>The history of the type, which holds every version and every deletion.</summary>
    History,

    /// <summary>The server is asked for the ids that the raw table holds; those that it no longer knows are deleted.</summary>
    Reconcile,

    /// <summary>Not at all, but what an export reports is heeded.</summary>
    None,
}
