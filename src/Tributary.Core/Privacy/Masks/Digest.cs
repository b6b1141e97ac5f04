using System.Globalization;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Privacy.Masks;

/// <summary>
/// The keyed digest of an identifier: the same in every anonymous file, and the same for <c>Patient/123</c> as for <c>123</c>,
/// so that files can be joined with one another but not with those that hold the identifier. Null and blank stay null.
/// </summary>
[Kind("digest")]
[Description("A keyed digest of the identifier: HMAC-SHA256 in hex, cut to `digits`.")]
public sealed record Digest(
    [Description("How many hex digits to keep: 32 to 64.")] int Digits = 64,
    [Description("Plain MD5 without a key, as older exports had it. Whoever can guess ids can undo it.")] bool Unkeyed = false)
    : Mask, IValidated
{
    public void Validate(Validation check)
    {
        if (Digits is < 32 or > 64) check.Refuse("digits", $"{Digits} hex digits cannot be kept", "Use 32 to 64: fewer would make two ids one.");
    }

    public override string Expression(string column, MaskSettings settings)
    {
        if (Unkeyed) return $"md5(tributary.bare_id({column}::text))";
        var digest = $"tributary.digest({column}::text, {Identifier.Literal(settings.KeyMark)})";
        return Digits == 64 ? digest : string.Create(CultureInfo.InvariantCulture, $"left({digest}, {Digits})");
    }

    public override string DataType => "text";

    public override bool KeepsKeys => true;
}
