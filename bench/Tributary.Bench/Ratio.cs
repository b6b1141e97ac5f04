namespace Tributary.Bench;

/// <summary>One line of a bench's result: what we took (seconds or megabytes), what the limit took, and the ratio that is required.</summary>
internal sealed record Ratio(string Name, double Ours, double Limit, double Required, string Unit = "s")
{
    /// <summary>1 = as fast as the limit; for megabytes, the share of the limit that is left.</summary>
    public double Value => Limit / Ours;

    public bool Holds => Value >= Required;
}
