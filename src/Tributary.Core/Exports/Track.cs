namespace Tributary.Core.Exports;

/// <summary>Who may see a relation, from the fewest readers to the most.</summary>
public enum Track
{
    /// <summary>Personal data.</summary>
    Pii,

    /// <summary>Personal data made safe: anonymous twins, and relations whose columns are all classed safe.</summary>
    Anon,

    /// <summary>Numbers about groups.</summary>
    Metrics,
}
