namespace Tributary.Connectors.Fhir;

/// <summary>How the records of a FHIR server are read.</summary>
public enum ReadingMode
{
    /// <summary>By what the server's capability statement offers.</summary>
    Auto,

    Search,

    /// <summary>By bulk export (<c>$export</c>).</summary>
    Export,
}
