using System.Text.RegularExpressions;

namespace Tributary.Core.Metrics;

/// <summary>
/// A SQL expression of the catalogue, checked without a server: it must be one expression and can be nothing else, so that
/// what it is put into stays what it was. Whether it makes sense, PostgreSQL says (<see cref="MetricProbe"/>).
/// </summary>
internal sealed partial class MetricExpression
{
    private readonly IReadOnlyList<SqlToken> tokens;

    private MetricExpression(IReadOnlyList<SqlToken> tokens) => this.tokens = tokens;

    /// <summary>The columns that it reads, each once, in the order of the text.</summary>
    public IEnumerable<string> Columns => tokens.Where((_, i) => IsColumn(i)).Select(token => token.Name).Distinct();

    /// <summary>The column of a plain <c>count(distinct column)</c>, quoted as it is written; null for anything else.</summary>
    public string? DistinctColumn =>
        tokens is [{ Name: "count" }, _, { Name: "distinct", Kind: "word" }, { Kind: "word" or "quoted" } column, _] ? column.Text : null;

    /// <summary>A plain count or sum: the value of many days is the sum of the days' values.</summary>
    public bool IsAdditive => tokens is [{ Name: "count" or "sum" }, _, { Kind: "word" or "quoted" or "symbol" }, _];

    /// <summary>The expression, or null with what is wrong with it.</summary>
    public static MetricExpression? Read(string text, bool isAggregate, out string? wrong)
    {
        var tokens = SqlTokens.Read(text, out var odd);
        if (tokens is null)
        {
            wrong = $"cannot be read from '{odd}' on";
            return null;
        }
        var expression = new MetricExpression(tokens);
        wrong = expression.FindFault(isAggregate);
        return wrong is null ? expression : null;
    }

    /// <summary>The text with the clock stopped at 1970, for a look at its form.</summary>
    public static string AtEpoch(string text) => Clock().Replace(text, "'1970-01-01T00:00:00Z'::timestamptz");

    [GeneratedRegex(@"\{\{\s*as_of\s*\}\}")]
    private static partial Regex Clock();

    private string? FindFault(bool isAggregate)
    {
        if (tokens.Count == 0) return "is empty";
        if (Balance() is { } unbalanced) return unbalanced;
        if (tokens.FirstOrDefault(token => token.Kind == "word" && SqlWords.Refused.Contains(token.Name)) is { Text: { } word })
            return $"holds '{word}', which belongs to a statement and not to an expression over a model's rows";
        if (Calls().FirstOrDefault(SqlWords.IsRefusedFunction) is { } function) return $"calls {function}, which an expression may not";
        if (tokens.FirstOrDefault(token => token.Kind == "word" && SqlWords.Clock.Contains(token.Name)) is { Text: { } clock })
            return $"reads the clock by {clock}; the only clock is {{{{ as_of }}}}";
        var aggregates = Calls().Count(SqlWords.Aggregates.Contains);
        if (isAggregate && aggregates == 0) return "has no aggregate such as count(*)";
        return !isAggregate && aggregates > 0 ? "holds an aggregate, and a condition is asked of each row" : null;
    }

    private string? Balance()
    {
        var open = new Stack<string>();
        foreach (var token in tokens)
        {
            if (token.Is("(") || token.Is("[")) open.Push(token.Text == "(" ? ")" : "]");
            else if ((token.Is(")") || token.Is("]")) && (open.Count == 0 || open.Pop() != token.Text))
                return $"closes a '{token.Text}' that nothing opens";
            else if (open.Count == 0 && token.Is(",")) return "is more than one expression: it has a comma outside of brackets";
            else if (open.Count == 0 && token is { Kind: "word", Name: "as" })
                return "names its result by 'as'; the metric's id is its name";
        }
        return open.Count > 0 ? $"lacks a '{open.Peek()}'" : null;
    }

    private IEnumerable<string> Calls() =>
        tokens.Where((token, i) => token.Kind is "word" or "quoted" && IsCalled(i)).Select(token => token.Name);

    private bool IsCalled(int i) => i + 1 < tokens.Count && tokens[i + 1].Is("(");

    private bool IsColumn(int i)
    {
        if (tokens[i].Kind is not ("word" or "quoted") || IsCalled(i)) return false;
        if (i > 0 && tokens[i - 1].Is(".")) return true;
        if (i + 1 < tokens.Count && tokens[i + 1].Is(".")) return false;
        if (tokens[i].Kind == "word" && SqlWords.Grammar.Contains(tokens[i].Name)) return false;
        // Neither a type after :: or as, nor a unit (extract(year from …)), nor a typed literal (date '2025-01-01').
        if (i > 0 && (tokens[i - 1].Kind == "cast" || tokens[i - 1] is { Kind: "word", Name: "as" })) return false;
        return i + 1 == tokens.Count || (tokens[i + 1].Kind != "text" && tokens[i + 1] is not { Kind: "word", Name: "from" });
    }
}
