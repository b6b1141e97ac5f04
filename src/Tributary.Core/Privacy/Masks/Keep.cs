using Tributary.Core.Text;

namespace Tributary.Core.Privacy.Masks;

/// <summary>Leaves the value as it is.</summary>
[Kind("keep")]
[Description("Leaves the value as it is.")]
public sealed record Keep : Mask
{
    public override string Expression(string column, MaskSettings settings) => column;

    public override bool KeepsKeys => true;

    public override bool IsMade => false;
}
