namespace Tributary.Jinja.Values.Operations;

/// <summary>How one value is laid out: <c>[[fill]align][sign][#][0][width][,][.precision][type]</c>.</summary>
internal sealed record FormatSpec
{
    private const int MaxWidth = 100_000;
    private const int MaxPrecision = 1_000;

    public char Fill { get; init; } = ' ';

    /// <summary>One of <c>&lt; &gt; ^ =</c>, or NUL when the type of the value decides.</summary>
    public char Align { get; init; }

    /// <summary>What a number that is not negative starts with: <c>+</c>, a blank, or NUL for nothing.</summary>
    public char Sign { get; init; }

    public bool IsAlternate { get; init; }

    public int Width { get; init; }

    /// <summary>What stands between groups of three digits, or NUL.</summary>
    public char Grouping { get; init; }

    public int? Precision { get; init; }

    public char Type { get; init; }

    public static FormatSpec Parse(string text)
    {
        var at = 0;
        char Peek(int ahead = 0) => at + ahead < text.Length ? text[at + ahead] : '\0';
        var spec = new FormatSpec();
        if (Peek(1) is '<' or '>' or '^' or '=')
        {
            spec = spec with { Fill = Peek(), Align = Peek(1) };
            at += 2;
        }
        else if (Peek() is '<' or '>' or '^' or '=')
        {
            spec = spec with { Align = text[at++] };
        }

        if (Peek() is '+' or '-' or ' ') spec = spec with { Sign = text[at++] is var sign && sign == '-' ? '\0' : sign };
        if (Peek() == '#') (spec, at) = (spec with { IsAlternate = true }, at + 1);
        if (Peek() == '0')
        {
            spec = spec.Align == '\0' ? spec with { Fill = '0', Align = '=' } : spec;
            at++;
        }

        spec = spec with { Width = ReadNumber(text, ref at, MaxWidth) ?? 0 };
        if (Peek() is ',' or '_') spec = spec with { Grouping = text[at++] };
        if (Peek() == '.')
        {
            at++;
            spec = spec with { Precision = ReadNumber(text, ref at, MaxPrecision) ?? throw Wrong(text) };
        }

        if (at < text.Length) spec = spec with { Type = text[at++] };
        return at == text.Length ? spec : throw Wrong(text);
    }

    /// <summary>Digits as a number; null when there are none.</summary>
    public static int? ReadNumber(string text, ref int at, int most = MaxWidth)
    {
        var start = at;
        var number = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            number = (number * 10) + (text[at++] - '0');
            if (number > most) throw new TemplateException($"a width or precision may be at most {most}");
        }

        return at == start ? null : number;
    }

    private static TemplateException Wrong(string text) => new($"'{text}' is not a format", "A format is [[fill]align][sign][#][0][width][,][.precision][type].");
}
