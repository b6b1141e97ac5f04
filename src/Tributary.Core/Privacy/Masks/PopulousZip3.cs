using Tributary.Core.Text;

namespace Tributary.Core.Privacy.Masks;

/// <summary>
/// The first three digits of a ZIP code where more than 20,000 people live, else <c>000</c> (45 CFR 164.514(b)(2)(i)(B)).
/// What is no whole ZIP code is <c>000</c> too. Blank becomes null.
/// </summary>
[Kind("populous_zip3")]
[Description("The first three digits of a ZIP code where more than 20,000 people live, else 000.")]
public sealed record PopulousZip3 : Mask
{
    public override string Expression(string column, MaskSettings settings)
    {
        var restricted = string.Join(", ", RestrictedZip3.All.Select(Identifier.Literal));
        var prefix = Zip3.Prefix(column);
        return $"case when {prefix} in ({restricted}) then '000' when btrim({column}::text) <> '' then coalesce({prefix}, '000') end";
    }

    public override string DataType => "text";
}
