using System.Buffers.Binary;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>
/// numeric, digit for digit: groups of four decimal digits around the point, as the server holds them (src/backend/utils/adt/numeric.c,
/// numeric_recv). No exponents.
/// </summary>
internal sealed class DecimalNumber(NumberForm form) : FieldWriter
{
    /// <summary>What fits into the buffer below; the server itself takes more.</summary>
    private const int MostDigits = 400;

    private const short Negative = 0x4000;

    public override string SqlType => "numeric";

    public override string Expected => "a decimal number (numeric)";

    public override bool TryWrite(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        Span<byte> plain = stackalloc byte[NumberForm.MostPlain];
        return form.IsPlain ? Put(copy, text) : form.TryPlain(text, plain, out var length) && Put(copy, plain[..length]);
    }

    private static bool Put(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MostDigits) return false;
        var isNegative = text[0] == '-';
        if (text[0] is (byte)'-' or (byte)'+') text = text[1..];
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var part = point < 0 ? default : text[(point + 1)..];
        if (whole.Length + part.Length == 0 || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || part.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        Write(copy, whole.TrimStart((byte)'0'), part, isNegative);
        return true;
    }

    private static void Write(BinaryCopy copy, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part, bool isNegative)
    {
        var weight = (whole.Length + 3) / 4 - 1;
        Span<short> groups = stackalloc short[(MostDigits + 8) / 4 + 2];
        var count = 0;
        for (var at = whole.Length - (weight + 1) * 4; at < whole.Length; at += 4) groups[count++] = Group(whole, at);
        for (var at = 0; at < part.Length; at += 4) groups[count++] = Group(part, at);
        var first = 0;
        while (first < count && groups[first] == 0) (first, weight) = (first + 1, weight - 1);
        while (count > first && groups[count - 1] == 0) count--;
        var isZero = count == first;
        var value = copy.Value(8 + 2 * (count - first));
        BinaryPrimitives.WriteInt16BigEndian(value, (short)(count - first));
        BinaryPrimitives.WriteInt16BigEndian(value[2..], (short)(isZero ? 0 : weight));
        BinaryPrimitives.WriteInt16BigEndian(value[4..], isNegative && !isZero ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(value[6..], (short)part.Length);
        for (var i = first; i < count; i++) BinaryPrimitives.WriteInt16BigEndian(value[(8 + 2 * (i - first))..], groups[i]);
    }

    // Four digits from a place that may lie before the first one; behind the last, zeros.
    private static short Group(ReadOnlySpan<byte> digits, int at)
    {
        var group = 0;
        for (var i = at; i < at + 4; i++) group = group * 10 + (i >= 0 && i < digits.Length ? digits[i] - '0' : 0);
        return (short)group;
    }
}
