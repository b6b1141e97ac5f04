using Tributary.Core.Text;

namespace Tributary.Core.Privacy.Masks;

/// <summary>Leaves the column out.</summary>
[Kind("remove")]
[Description("Leaves the column out.")]
public sealed record Remove : Mask
{
    public override string? Expression(string column, MaskSettings settings) => null;
}
