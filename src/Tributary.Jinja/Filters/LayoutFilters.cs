using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>Filters that lay text out in lines.</summary>
internal static class LayoutFilters
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("indent", "width=4, first=False, blank=False", (v, a) => Indent(v as string ?? throw NotText("indent", v), a)),
        new("wordwrap", "width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True", (v, a) => Wrap(ValueText.Of(v, a.Context), a)),
    ];

    private static TemplateException NotText(string filter, object? value) =>
        (value as Undefined)?.Error() ?? new TemplateException($"{filter}: text is needed, not a value of type '{TypeNames.Of(value)}'");

    private static string Indent(string text, BoundArguments arguments)
    {
        var margin = arguments[0] is string given ? given : Blanks(arguments);
        var output = new TextBuilder(arguments.Context);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0) output.Write('\n');
            var isIndented = i == 0 ? arguments.IsTrue(1) : arguments.IsTrue(2) || lines[i].Length > 0;
            if (isIndented) output.Write(margin);
            output.Write(lines[i]);
        }

        return output.ToString();
    }

    private static string Blanks(BoundArguments arguments)
    {
        var width = Math.Max(0, arguments.Integer(0));
        arguments.Context.Charge(width);
        return new string(' ', width);
    }

    private static string Wrap(string text, BoundArguments arguments)
    {
        var width = arguments.Integer(0);
        if (width <= 0) throw new TemplateException("wordwrap: the width must be above 0");
        var newline = arguments.TextOrNone(2) ?? "\n";
        var output = new TextBuilder(arguments.Context);
        var isFirst = true;
        foreach (var line in text.Split('\n'))
        {
            if (!isFirst) output.Write(newline);
            isFirst = false;
            WrapLine(line, width, arguments.IsTrue(1), (newline, output));
        }

        return output.ToString();
    }

    private static void WrapLine(string line, int width, bool breaksWords, (string Newline, TextBuilder Output) to)
    {
        var column = 0;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0 && column + 1 + word.Length <= width)
            {
                to.Output.Write(' ');
                column++;
            }
            else if (column > 0)
            {
                to.Output.Write(to.Newline);
                column = 0;
            }

            var rest = word.AsSpan();
            for (; breaksWords && rest.Length > width; rest = rest[width..])
            {
                to.Output.Write(rest[..width]);
                to.Output.Write(to.Newline);
            }

            to.Output.Write(rest);
            column += rest.Length;
        }
    }
}
