using Tributary.Core.Text;

namespace Tributary.Core.Privacy.Masks;

/// <summary>The year of a date or timestamp (in UTC), as a number; partial dates too. What is no date gives null.</summary>
[Kind("year")]
[Description("The year of a date, as a number.")]
public sealed record Year : Mask
{
    public override string Expression(string column, MaskSettings settings) =>
        $"substring({TextOf(column)} from '^([0-9]{{4}})(?![0-9])')::int";

    public override string DataType => "integer";
}
