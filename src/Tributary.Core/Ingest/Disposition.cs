namespace Tributary.Core.Ingest;

/// <summary>How a load changes its raw table.</summary>
public enum Disposition
{
    /// <summary>Every record becomes a row, exactly once.</summary>
    Append,

    /// <summary>The table becomes what the source holds now, in one swap.</summary>
    Replace,

    /// <summary>One row a key: the newest version by time and version number; unchanged rows are not touched.</summary>
    Merge,
}
