using System.Globalization;
using Tributary.Core.Fhir.Paths;
using Tributary.Core.Fhir.Paths.Sql;
using Tributary.Core.Postgres;

namespace Tributary.Core.Fhir.Views;

/// <summary>
/// <c>repeat</c>: all items below an item, by one or more paths, to any depth. Where FHIR says that an element stands only in its own
/// kind (items of a questionnaire), one jsonpath finds them all; else a recursion within the one resource does, which also knows the
/// order. See docs/decisions, "Items of a questionnaire response".
/// </summary>
internal static class RepeatWriter
{
    /// <summary>Deeper than any document; a path that leads nowhere new would go on for ever.</summary>
    private const int Deepest = 500;

    /// <summary>Of one resource, where several ways may lead to the same item and the rows double at each level.</summary>
    private const int MostRows = 100_000;

    /// <summary>By type of resource and paths: the element that stands nowhere else below.</summary>
    private static readonly Dictionary<(string Resource, string Paths), string> OwnKind = new()
    {
        [("QuestionnaireResponse", "answer.item|item")] = "item",
        [("Questionnaire", "item")] = "item",
        [("CodeSystem", "concept")] = "concept",
        [("Composition", "section")] = "section",
        [("PlanDefinition", "action")] = "action",
    };

    /// <summary>A FROM item with the columns item and, when asked for, place (from 1, in the order of the specification).</summary>
    public static (string Rows, PathValue.Items Items)? Write(IReadOnlyList<ViewExpression> paths, PathScope scope, bool needsPlace, Action<ViewExpression, Action> report)
    {
        if (paths.Count == 0) return ($"(select null::jsonb{(needsPlace ? ", null::bigint" : "")} where false)", PathScope.Focus("null::jsonb", null));
        var seeds = Compile(paths, scope, report);
        var row = scope.Names.Next("t");
        var steps = Compile(paths, scope.At(PathScope.Focus($"{row}.item", seeds.FirstOrDefault()?.Element)), report);
        if (seeds.Count != paths.Count || steps.Count != paths.Count) return null;
        var key = string.Join('|', paths.Select(path => path.Text.Trim()).Order(StringComparer.Ordinal));
        if (!needsPlace && scope.This is PathValue.Items { IsFocus: true } focus && OwnKind.TryGetValue((scope.ResourceType, key), out var name)) return (OfOwnKind(focus, scope, name), seeds[0]);
        return (needsPlace ? Ordered(seeds, steps, row, scope.Names) : Unordered(seeds, steps, row, scope.Names), seeds[0]);
    }

    private static List<PathValue.Items> Compile(IReadOnlyList<ViewExpression> paths, PathScope scope, Action<ViewExpression, Action> report)
    {
        var compiled = new List<PathValue.Items>();
        foreach (var path in paths)
        {
            report(path, () =>
            {
                var items = Collections.Items(PathCompiler.Compile(path.Text, scope), scope.Names);
                if (items.Path.Length == 0) throw new PathException(0, "repeat takes paths that lead to elements below, and this one does not.", "Write the element's name, such as item.");
                compiled.Add(items);
            });
        }
        return compiled;
    }

    /// <summary>Resources that this one contains have elements of the same name.</summary>
    private static string OfOwnKind(PathValue.Items focus, PathScope scope, string name)
    {
        var root = focus.Base == scope.Resource ? $"case when {focus.Base} ? 'contained' then {focus.Base} - 'contained' else {focus.Base} end" : focus.Base;
        return $"jsonb_path_query({root}, {JsonPathText.Literal($"strict $.**.{JsonPathText.Quote(name)}[*]")}, silent => true)";
    }

    private static string Unordered(List<PathValue.Items> seeds, List<PathValue.Items> steps, string row, SqlNames names)
    {
        var child = names.Next("c");
        return $"""
            (
                with recursive {row}(item, depth) as (
                    select {child}.item, 1 from ({Union(seeds, names)}) as {child}(item)
                    union all
                    select {child}.item, {Deeper(row)}
                    from {row}
                    cross join lateral ({Union(steps, names)}) as {child}(item)
                    where {HasBelow(steps, names)}
                )
                select item from {Bounded(steps, row, names)}
            )
            """;
    }

    private static string Ordered(List<PathValue.Items> seeds, List<PathValue.Items> steps, string row, SqlNames names)
    {
        var child = names.Next("c");
        return $"""
            (
                with recursive {row}(item, depth, way) as (
                    select {child}.item, 1, {child}.way from ({Numbered(seeds, names)}) as {child}(item, way)
                    union all
                    select {child}.item, {Deeper(row)}, {row}.way || {child}.way
                    from {row}
                    cross join lateral ({Numbered(steps, names)}) as {child}(item, way)
                    where {HasBelow(steps, names)}
                )
                select item, row_number() over (order by way) from {Bounded(steps, row, names)}
            )
            """;
    }

    /// <summary>Most items have nothing below; asking first saves an eighth of the whole.</summary>
    private static string HasBelow(List<PathValue.Items> steps, SqlNames names) => $"({string.Join(" or ", steps.Select(step => Collections.Exists(step, names)))})";

    private static string Deeper(string row) =>
        $"case when {row}.depth < {Deepest} then {row}.depth + 1 else {Refusal.Sql($"{row}.depth", $"repeat goes deeper than {Deepest} levels; a path leads back to where it began")}::int end";

    /// <summary>The rows of the recursion; counted while they come, unless each item can be reached in one way only, so that the document bounds them.</summary>
    private static string Bounded(List<PathValue.Items> steps, string row, SqlNames names)
    {
        if (steps.All(step => !steps.Any(other => other != step && MayMeet(step, other))) && steps.All(step => step.Keys is not null)) return row;
        var counted = names.Next("l");
        return $"(select *, row_number() over () as count from {row}) as {counted} where case when {counted}.count <= {MostRows} then true "
            + $"else {Refusal.Sql($"{counted}.count", $"repeat has more than {MostRows} rows of one resource; its paths lead to the same items")} is null end";
    }

    /// <summary>A way that begins with the other one may lead to the same item by more steps.</summary>
    private static bool MayMeet(PathValue.Items a, PathValue.Items b) =>
        a.Keys is null || b.Keys is null || a.Keys.Zip(b.Keys).All(pair => pair.First == pair.Second);

    private static string Union(List<PathValue.Items> paths, SqlNames names) => string.Join(" union all ", paths.Select(path =>
    {
        var item = names.Next("v");
        return $"select {item} from {Collections.Rows(path)} as {item}";
    }));

    private static string Numbered(List<PathValue.Items> paths, SqlNames names) => string.Join(" union all ", paths.Select((path, i) =>
    {
        var found = names.Next("v");
        return string.Create(CultureInfo.InvariantCulture, $"select {found}.item, array[{i}, {found}.place::int] from {Collections.Rows(path)} with ordinality as {found}(item, place)");
    }));
}
