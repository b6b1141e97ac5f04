namespace Tributary.Core.Forms;

/// <summary>
/// One question, calculation or hidden value of a form: where it stands below a report's fields, and the depths of the lists on the way there
/// (<c>[2]</c>: the first two names lead to a list). Labels are by language, <c>""</c> where the form has one language only.
/// </summary>
public sealed record FormField(IReadOnlyList<string> Path, FormType Type, IReadOnlyList<int> Lists)
{
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<FormChoice> Choices { get; init; } = [];

    public bool IsRequired { get; init; }

    /// <summary>The path with slashes: what it is known by.</summary>
    public string Key => string.Join('/', Path);

    /// <summary>The path of the innermost list that it stands in; empty outside of lists.</summary>
    public string ListKey => Lists.Count == 0 ? "" : string.Join('/', Path.Take(Lists[^1]));
}

/// <summary>One of the answers that a field offers.</summary>
public sealed record FormChoice(string Value, IReadOnlyDictionary<string, string> Labels);
