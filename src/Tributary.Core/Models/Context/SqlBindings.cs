using System.Globalization;
using System.Numerics;
using System.Text;
using Tributary.Core.Models.Context.Time;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>Values for the <c>%s</c> of a statement, written into it as literals, as dbt's driver does.</summary>
internal static class SqlBindings
{
    /// <summary>Without bindings nothing in the text is special.</summary>
    public static string Lay(string sql, object? bindings)
    {
        if (bindings is null or Undefined || bindings is not IReadOnlyList<object?> { Count: > 0 } values) return sql;
        var text = new StringBuilder(sql.Length);
        var next = 0;
        for (var at = 0; at < sql.Length; at++)
        {
            if (sql[at] != '%' || at + 1 == sql.Length) text.Append(sql[at]);
            else if (sql[++at] == '%') text.Append('%');
            else if (sql[at] == 's' && next < values.Count) text.Append(Literal(values[next++]));
            else throw new TemplateException("the statement and its bindings do not fit together", "Each %s takes one value; a sign of per cent itself is written %%.");
        }
        if (next < values.Count) throw new TemplateException($"the statement takes {next} bindings, {values.Count} were given");
        return text.ToString();
    }

    private static string Literal(object? value) => value switch
    {
        null or Undefined => "NULL",
        bool truth => truth ? "true" : "false",
        double number when !double.IsFinite(number) => $"'{PythonText.Of(number)}'::float",
        long or int or double or decimal or BigInteger => Signed(Convert.ToString(value, CultureInfo.InvariantCulture)!), // numbers have a text
        DateValue or DateTimeValue => Quoted(value.ToString() ?? ""),
        _ => Quoted(PythonText.Of(value)),
    };

    /// <summary>A sign right behind another one would begin a comment.</summary>
    private static string Signed(string number) => number.StartsWith('-') ? " " + number : number;

    private static string Quoted(string text) => text.Contains('\\')
        ? $" E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
