namespace Tributary.Core.Graph.Selecting;

/// <summary>Reads the words of <c>--select</c> and <c>--exclude</c>: blanks unite, commas intersect.</summary>
internal static class SelectionWords
{
    public static SelectionSpec Of(SelectionRequest request)
    {
        if (request.Selector is { } name) return request.Selectors().Find(name, request.Indirect);
        if (request.Select is null && request.Exclude is null && request.Selectors().Default is { } usual) return request.Selectors().Find(usual, request.Indirect);
        var included = Union(request.Select ?? Everything, request.Indirect, mustMatch: request.Select is not null);
        if (request.Exclude is null) return included;
        return new SelectionSpec.Group(SelectionOperator.Difference, [included, Union(request.Exclude, request.Indirect, mustMatch: true)]);
    }

    private static readonly string[] Everything = ["fqn:*", "source:*"];

    private static SelectionSpec.Group Union(IReadOnlyList<string> texts, IndirectSelection indirect, bool mustMatch)
    {
        var parts = new List<SelectionSpec>();
        foreach (var text in texts)
        {
            foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) parts.Add(Intersection(word, indirect, mustMatch));
        }
        if (parts.Count == 0) parts.Add(Intersection("", indirect, mustMatch));
        return new SelectionSpec.Group(SelectionOperator.Union, parts, indirect);
    }

    private static SelectionSpec.Group Intersection(string word, IndirectSelection indirect, bool mustMatch) => new(
        SelectionOperator.Intersection,
        [.. word.Split(',').Select(part => new SelectionSpec.One(Criterion.Parse(part, indirect)))],
        indirect,
        mustMatch ? word : null);
}
