namespace Tributary.Core.Text;

/// <summary>Replaces every secret value that was handed out by <c>***</c> in text that leaves the program: messages of servers, logs.</summary>
public sealed class Redactor
{
    /// <summary>Shorter values would blacken ordinary words.</summary>
    private const int ShortestSecret = 4;

    private readonly Lock gate = new();
    private volatile string[] values = []; // longest first, so that a secret inside another is not left in halves

    /// <summary>Remembers a value; may be called from any thread.</summary>
    public void Learn(string value)
    {
        if (value.Length < ShortestSecret) return;
        lock (gate)
        {
            if (!values.Contains(value)) values = [.. values.Append(value).OrderByDescending(known => known.Length)];
        }
    }

    public string Redact(string text)
    {
        foreach (var value in values) text = text.Replace(value, "***", StringComparison.Ordinal);
        return text;
    }
}
