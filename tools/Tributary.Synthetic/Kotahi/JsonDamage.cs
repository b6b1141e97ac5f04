using System.Text;

namespace Tributary.Synthetic.Kotahi;

/// <summary>Valid JSON with a quote and a line end in a string, made wrong in a way that can be mended without a guess.</summary>
public static class JsonDamage
{
    /// <summary>The ways, in the order in which they are planted.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["swapped_escape", "inner_quotes", "control_character"];

    /// <summary>The damaged text, as it stands behind the CSV's own quoting.</summary>
    public static byte[] Make(string kind, ReadOnlySpan<byte> json)
    {
        var text = Encoding.UTF8.GetString(json);
        return Encoding.UTF8.GetBytes(kind switch
        {
            "swapped_escape" => text.Replace("\\\"", "\"\\", StringComparison.Ordinal),
            "inner_quotes" => text.Replace("\\\"", "\"", StringComparison.Ordinal),
            "control_character" => text.Replace("\\n", "\n", StringComparison.Ordinal),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of damage."),
        });
    }
}
