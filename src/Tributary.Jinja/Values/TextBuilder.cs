using System.Text;

namespace Tributary.Jinja.Values;

/// <summary>Collects text, and stops at the limit on characters of the context for which it collects.</summary>
internal sealed class TextBuilder(TemplateContext context)
{
    private readonly StringBuilder text = new();

    public int Length => text.Length;

    public void Write(string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        context.Charge(value.Length);
        text.Append(value);
    }

    public void Write(ReadOnlySpan<char> value)
    {
        context.Charge(value.Length);
        text.Append(value);
    }

    public void Write(char value)
    {
        context.Charge(1);
        text.Append(value);
    }

    public void Write(char value, int count)
    {
        context.Charge(count);
        text.Append(value, count);
    }

    public void Clear() => text.Clear();

    public int Capacity => text.Capacity;

    public override string ToString() => text.ToString();
}
