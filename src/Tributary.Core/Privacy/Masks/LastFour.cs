using Tributary.Core.Text;

namespace Tributary.Core.Privacy.Masks;

/// <summary>
/// A phone number as <c>XXX-XXX-4567</c>. An extension is not part of the number; of a number under 7 digits nothing shows,
/// because its last four would be most of it. Blank becomes null.
/// </summary>
[Kind("last_four")]
[Description("A phone number as XXX-XXX-4567.")]
public sealed record LastFour : Mask
{
    public override string Expression(string column, MaskSettings settings)
    {
        var number = $"regexp_replace({column}::text, '(?:x|ext\\.?|extension)\\s*[0-9]+\\s*$', '', 'i')";
        var digits = $"regexp_replace({number}, '[^0-9]', '', 'g')";
        return $"case when btrim({column}::text) <> '' then 'XXX-XXX-' || case when length({digits}) >= 7 then right({digits}, 4) else 'XXXX' end end";
    }

    public override string DataType => "text";
}
