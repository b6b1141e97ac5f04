namespace Tributary.Jinja.Values.Operations;

/// <summary>Formats in the manner of C: <c>'%s has %5.2f' % (name, weight)</c> and <c>'%(name)s' % dict</c>.</summary>
internal sealed class PercentFormat
{
    private readonly string format;
    private readonly TemplateContext context;
    private readonly object? argument;
    private readonly JinjaTuple row;
    private int used;
    private int at;

    private PercentFormat(string format, object? argument, TemplateContext context)
    {
        (this.format, this.argument, this.context) = (format, argument, context);
        row = argument as JinjaTuple ?? new JinjaTuple(argument);
    }

    public static string Apply(string format, object? argument, TemplateContext context) =>
        new PercentFormat(format, argument, context).Run();

    private string Run()
    {
        var output = new TextBuilder(context);
        while (at < format.Length)
        {
            var next = format.IndexOf('%', at);
            output.Write(format.AsSpan(at, (next < 0 ? format.Length : next) - at));
            if (next < 0) break;
            at = next + 1;
            output.Write(ReadItem());
        }

        if (used < row.Count && argument is not (JinjaDict or List<object?>)) throw new TemplateException("not all arguments were used by the format");
        return output.ToString();
    }

    private string ReadItem()
    {
        var key = ReadKey();
        var spec = ReadFlags();
        spec = spec with { Width = ReadWidth() ?? 0 };
        if (Peek() == '.')
        {
            at++;
            spec = spec with { Precision = ReadWidth() ?? 0 };
        }

        while (Peek() is 'l' or 'h' or 'L') at++;
        var type = Peek();
        at++;
        if (type == '%') return "%";
        return Convert(type, key is null ? Next() : Named(key), spec);
    }

    private string? ReadKey()
    {
        if (Peek() != '(') return null;
        var close = format.IndexOf(')', at);
        if (close < 0) throw new TemplateException("incomplete format key");
        var key = format[(at + 1)..close];
        at = close + 1;
        return key;
    }

    private FormatSpec ReadFlags()
    {
        var spec = new FormatSpec { Align = '>' };
        for (; Peek() is '-' or '+' or ' ' or '0' or '#'; at++)
        {
            spec = Peek() switch
            {
                '-' => spec with { Align = '<', Fill = ' ' },
                '0' => spec.Align == '<' ? spec : spec with { Align = '=', Fill = '0' },
                '#' => spec with { IsAlternate = true },
                '+' => spec with { Sign = '+' },
                _ => spec.Sign == '+' ? spec : spec with { Sign = ' ' },
            };
        }

        return spec;
    }

    private int? ReadWidth()
    {
        if (Peek() != '*') return FormatSpec.ReadNumber(format, ref at);
        at++;
        if (!Numbers.TryToLong(Next(), out var width)) throw new TemplateException("'*' needs a whole number");
        return (int)Math.Clamp(width, 0, 1_000);
    }

    private char Peek() => at < format.Length ? format[at] : throw new TemplateException("incomplete format");

    private object? Next() => used < row.Count ? row[used++] : throw new TemplateException("not enough arguments for the format");

    private object? Named(string key)
    {
        if (argument is not JinjaDict dict) throw new TemplateException("a format with names needs a dict");
        return dict.TryGet(key, out var value) ? value : throw new TemplateException($"the dict has no '{key}'");
    }

    private string Convert(char type, object? value, FormatSpec spec)
    {
        var text = spec with { Fill = ' ', Align = spec.Align == '=' ? '>' : spec.Align, Type = 's' };
        switch (type)
        {
            case 's':
                return ValueFormat.Apply(ValueText.Of(value, context), text, context);
            case 'r' or 'a':
                return ValueFormat.Apply(ValueText.Repr(value, context), text, context);
            case 'c' when value is string:
                return ValueFormat.Apply(value, text, context);
            case 'd' or 'i' or 'u':
                return ValueFormat.Apply(WholePart(value), spec with { Type = 'd', Precision = null }, context);
            case 'x' or 'X' or 'o' or 'c' or 'f' or 'F' or 'e' or 'E' or 'g' or 'G':
                if (!Numbers.IsNumber(value)) throw new TemplateException($"%{type} needs a number, not '{TypeNames.Of(value)}'");
                return ValueFormat.Apply(value is bool ? Arithmetic.Plus(value) : value, spec with { Type = type }, context);
            default:
                throw new TemplateException($"unsupported format character '{type}'");
        }
    }

    private static object WholePart(object? value) => value switch
    {
        double real when double.IsFinite(real) => Numbers.Whole(new System.Numerics.BigInteger(real)),
        decimal exact => Numbers.Whole(new System.Numerics.BigInteger(exact)),
        bool => Arithmetic.Plus(value),
        long or System.Numerics.BigInteger => value,
        Undefined undefined => throw undefined.Error(),
        _ => throw new TemplateException($"%d needs a number, not '{TypeNames.Of(value)}'"),
    };
}
