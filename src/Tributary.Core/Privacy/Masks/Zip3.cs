using Tributary.Core.Text;

namespace Tributary.Core.Privacy.Masks;

/// <summary>
/// A US ZIP code as <c>123XX</c>, ZIP+4 too. Whatever is not five or nine digits (a lost leading zero, another country's code)
/// is <c>XXXXX</c>, because its first three characters would name another place or too small a one. Blank becomes null.
/// </summary>
[Kind("zip3")]
[Description("A ZIP code as 123XX.")]
public sealed record Zip3 : Mask
{
    /// <summary>The first three digits of a whole ZIP or ZIP+4; null for anything else.</summary>
    internal static string Prefix(string column) =>
        $"substring({column}::text from '^\\s*([0-9]{{3}})[0-9]{{2}}(?:[- ]?[0-9]{{4}})?\\s*$')";

    public override string Expression(string column, MaskSettings settings) =>
        $"case when btrim({column}::text) <> '' then coalesce({Prefix(column)} || 'XX', 'XXXXX') end";

    public override string DataType => "text";
}
