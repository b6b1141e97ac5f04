using System.Text;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>boolean: the declared words, or those that PostgreSQL takes and yes/no/y/n; case does not matter.</summary>
internal sealed class TrueOrFalse(IReadOnlyList<string>? yes, IReadOnlyList<string>? no) : FieldWriter
{
    private readonly byte[][] yesWords = Words(yes ?? ["true", "t", "1", "yes", "y", "on"]);
    private readonly byte[][] noWords = Words(no ?? ["false", "f", "0", "no", "n", "off"]);

    public override string SqlType => "boolean";

    public override string Expected => "true or false";

    public override bool TryWrite(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        var isTrue = IsOne(text, yesWords);
        if (!isTrue && !IsOne(text, noWords)) return false;
        copy.Boolean(isTrue);
        return true;
    }

    private static bool IsOne(ReadOnlySpan<byte> text, byte[][] words)
    {
        foreach (var word in words)
        {
            if (Ascii.EqualsIgnoreCase(text, word) || text.SequenceEqual(word)) return true;
        }
        return false;
    }

    private static byte[][] Words(IReadOnlyList<string> words) => [.. words.Select(Encoding.UTF8.GetBytes)];
}
