namespace Tributary.Core.Text;

/// <summary>
/// Fills the <c>&lt;&lt;name&gt;&gt;</c> places of an embedded <c>.sql</c> file, for SQL that the engine writes as a model's template.
/// What goes in is SQL: identifiers by <see cref="Identifier.Quote"/>, texts by <see cref="Literal"/>.
/// </summary>
public static class SqlTemplate
{
    private static readonly string[] Openings = ["{{", "{%", "{#", "<<"];

    /// <summary>The file's text with every place filled; a place without a part and a part without a place are mistakes of ours.</summary>
    public static string Fill(string path, params (string Name, string Sql)[] parts)
    {
        var text = Sql.Read(path).TrimEnd();
        foreach (var (name, sql) in parts)
        {
            var place = $"<<{name}>>";
            if (!text.Contains(place, StringComparison.Ordinal)) throw new ArgumentException($"{path} has no place {place}.");
            text = text.Replace(place, sql, StringComparison.Ordinal);
        }
        var open = text.IndexOf("<<", StringComparison.Ordinal);
        return open < 0 ? text + "\n" : throw new ArgumentException($"{path}: nothing fills {text[open..Math.Min(text.Length, open + 40)]}.");
    }

    /// <summary>
    /// A text literal that is safe inside a template too: braces that could open a tag are written as their code,
    /// so that no text from outside is ever read as template language.
    /// </summary>
    public static string Literal(string text)
    {
        var literal = Identifier.Literal(text);
        if (!Openings.Any(opening => text.Contains(opening, StringComparison.Ordinal))) return literal;
        if (literal[0] != 'E') literal = "E" + literal;
        return literal.Replace("{", "\\x7b", StringComparison.Ordinal).Replace("<", "\\x3c", StringComparison.Ordinal);
    }
}
