using System.Text;

namespace Tributary.Jinja;

/// <summary>
/// The template is wrong, or asked for too much. A host function may throw one without a position;
/// the engine fills in where it was called from.
/// </summary>
public sealed class TemplateException : Exception
{
    private SourceText? source;

    public TemplateException(string message, string? hint = null, Exception? inner = null)
        : base(message, inner) => Hint = hint;

    internal TemplateException(string message, SourceText source, int offset, string? hint = null)
        : this(message, hint)
    {
        this.source = source;
        Position = source.PositionOf(offset);
    }

    /// <summary>What to do about it, when that is known.</summary>
    public string? Hint { get; }

    /// <summary>Where it happened; null only until the exception has left the engine.</summary>
    public SourcePosition? Position { get; private set; }

    /// <summary>The macro calls that led there, innermost first.</summary>
    public IReadOnlyList<MacroCall> Calls { get; private set; } = [];

    /// <summary>Position, message, source line with a caret, hint and macro calls, for a person to read.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        if (Position is { } at) text.Append(at).Append(": ");
        text.Append(Message);
        if (Position is { } place && source is not null) AppendSourceLine(text, source.Line(place.Line), place.Column);
        if (Hint is not null) text.Append('\n').Append(Hint);
        AppendCalls(text);
        return text.ToString();
    }

    internal bool IsLocated => Position is not null;

    internal void Locate(SourceText where, int offset, IReadOnlyList<MacroCall> calls)
    {
        source = where;
        Position = where.PositionOf(offset);
        Calls = calls;
    }

    /// <summary>The calls, one a line; a macro that called itself again and again from one place is named once.</summary>
    private void AppendCalls(StringBuilder text)
    {
        for (var i = 0; i < Calls.Count;)
        {
            var same = Calls.Skip(i).TakeWhile(call => call == Calls[i]).Count();
            text.Append("\n  in ").Append(Calls[i].Macro).Append(", called at ").Append(Calls[i].CalledAt);
            if (same > 1) text.Append(" (").Append(same).Append(" times)");
            i += same;
        }
    }

    private static void AppendSourceLine(StringBuilder text, string line, int column)
    {
        const int Width = 120;
        var start = column > Width ? column - Width / 2 : 0;
        var shown = line.AsSpan(start, Math.Min(Width, line.Length - start));
        text.Append("\n    ").Append(shown).Append("\n    ");
        foreach (var c in shown[..Math.Min(column - 1 - start, shown.Length)]) text.Append(c == '\t' ? '\t' : ' ');
        text.Append('^');
    }
}
