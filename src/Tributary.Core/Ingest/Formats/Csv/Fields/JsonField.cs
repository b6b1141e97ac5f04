using System.Text.Json;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>jsonb. Refuses beforehand what the server would refuse, so that one bad value never ends a COPY.</summary>
internal sealed class JsonField : FieldWriter
{
    /// <summary>Deeper nesting is refused: the server's stack is its limit, and lies above this.</summary>
    private const int MostDepth = 512;

    /// <summary>Digits before or behind the point of a number; numeric ends at 131,072 and 16,383.</summary>
    private const int MostDigits = 1_000;

    public override string SqlType => "jsonb";

    public override string Expected => "JSON";

    public override bool TryWrite(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        if (!IsValid(text)) return false;
        copy.Jsonb(text);
        return true;
    }

    /// <summary>True when the text is JSON that jsonb can hold.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MostDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.Number && !IsHoldable(reader.ValueSpan)) return false;
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsHoldableText(reader.ValueSpan)) return false;
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsHoldable(ReadOnlySpan<byte> number)
    {
        if (number.Length > MostDigits) return false;
        var exponent = number.IndexOfAny((byte)'e', (byte)'E');
        if (exponent < 0) return true;
        return int.TryParse(number[(exponent + 1)..], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var power)
            && power is >= -MostDigits and <= MostDigits;
    }

    // No \u0000, and surrogates only in pairs.
    private static bool IsHoldableText(ReadOnlySpan<byte> text)
    {
        var isHalf = false;
        for (var at = text.IndexOf((byte)'\\'); at >= 0; at = text.IndexOf((byte)'\\'))
        {
            if (isHalf && at > 0) return false;
            if (text[at + 1] != 'u')
            {
                if (isHalf) return false;
                text = text[(at + 2)..];
                continue;
            }
            var code = Convert.ToInt32(System.Text.Encoding.ASCII.GetString(text.Slice(at + 2, 4)), 16);
            if (code == 0 || isHalf != code is >= 0xDC00 and <= 0xDFFF) return false;
            isHalf = code is >= 0xD800 and <= 0xDBFF;
            text = text[(at + 6)..];
        }
        return !isHalf;
    }
}
