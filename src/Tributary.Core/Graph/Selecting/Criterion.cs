using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Graph.Selecting;

/// <summary>
/// One word of a selection: <c>@</c>, <c>2+</c> or <c>+</c> before, <c>method.arguments:value</c>, <c>+</c> or <c>+1</c> behind
/// (dbt documentation, "Graph operators" and "Methods"). <paramref name="Value"/> is text, or a plain value of selectors.yml.
/// </summary>
public sealed record Criterion(string Text, string Method, object? Value)
{
    /// <summary>What follows the method's name: <c>meta.owner</c> of <c>config.meta.owner</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How far back the chosen nodes' ancestors are taken too; null: not at all.</summary>
    public int? AncestorDepth { get; init; }

    public int? DescendantDepth { get; init; }

    /// <summary><c>@</c>: descendants, and all that those are made from.</summary>
    public bool WithChildrensParents { get; init; }

    public IndirectSelection Indirect { get; init; } = IndirectSelection.Eager;

    /// <summary>The value as the words of the command line would give it.</summary>
    public string Word => Value switch
    {
        string text => text,
        bool truth => truth ? "True" : "False",
        null => "None",
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };

    public static Criterion Parse(string text, IndirectSelection indirect)
    {
        var rest = text.AsSpan();
        var at = rest.StartsWith("@");
        if (at) rest = rest[1..];
        var up = Before(ref rest);
        var down = Behind(ref rest);
        if (at && down is not null) throw Unreadable(text, "'@' already takes descendants, so '+' cannot follow");
        var method = MethodBefore(ref rest);
        return new Criterion(text, "", rest.ToString()) { AncestorDepth = up, DescendantDepth = down, WithChildrensParents = at, Indirect = indirect }
            .WithMethod(method ?? GuessMethod(rest));
    }

    /// <summary>The same by another method, given with its arguments: <c>config.materialized</c>.</summary>
    public Criterion WithMethod(string method)
    {
        var dot = method.IndexOf('.');
        return dot < 0 ? this with { Method = method } : this with { Method = method[..dot], Arguments = method[(dot + 1)..].Split('.') };
    }

    private static string GuessMethod(ReadOnlySpan<char> value) =>
        value.Contains('/') ? "path"
        : value.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) || value.EndsWith(".py", StringComparison.OrdinalIgnoreCase) || value.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? "file"
        : "fqn";

    /// <summary>Cuts <c>+</c> or <c>2+</c> off the front.</summary>
    private static int? Before(ref ReadOnlySpan<char> text)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (digits == text.Length || text[digits] != '+') return null;
        var depth = Depth(text[..digits]);
        text = text[(digits + 1)..];
        return depth;
    }

    /// <summary>Cuts <c>+</c> or <c>+2</c> off the end.</summary>
    private static int? Behind(ref ReadOnlySpan<char> text)
    {
        var plus = text.LastIndexOf('+');
        if (plus < 0 || text[(plus + 1)..].ContainsAnyExceptInRange('0', '9')) return null;
        var depth = Depth(text[(plus + 1)..]);
        text = text[..plus];
        return depth;
    }

    private static int Depth(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : int.MaxValue;

    private static string? MethodBefore(ref ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0) return null;
        foreach (var letter in text[..colon])
        {
            if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '.')) return null;
        }
        var method = text[..colon].ToString();
        text = text[(colon + 1)..];
        return method;
    }

    private static UserErrorException Unreadable(string text, string expected) =>
        new(ErrorCodes.UnknownSelector, null, $"The selection '{text}' cannot be read: {expected}.", "Examples: stg_patient, +fct_visits, tag:nightly, models/marts, marts.*");
}
