using Tributary.Core.Text;

namespace Tributary.Core.Privacy.Masks;

/// <summary>The word REDACTED in every row, null ones too: not even the presence of a value shows.</summary>
[Kind("redact")]
[Description("The word REDACTED in every row.")]
public sealed record Redact : Mask
{
    public override string Expression(string column, MaskSettings settings) => "'REDACTED'::text";

    public override string DataType => "text";
}
