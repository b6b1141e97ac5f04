using Tributary.Core.Fhir.Paths;
using Tributary.Core.Fhir.Paths.Sql;

namespace Tributary.Core.Fhir.Views;

/// <summary>A view's <c>where</c>: it must be a boolean, and anything else is an error, not a filter that lets all pass.</summary>
internal static class Conditions
{
    public static string Of(string text, PathScope outer)
    {
        var scope = outer with { Names = outer.Names.For("a condition of `where`") };
        var node = PathParser.Parse(text);
        var value = new PathCompiler(scope).Compile(node);
        if (value.Kind is not (PathKind.Boolean or PathKind.Unknown or PathKind.Nothing))
            throw new PathException(node.Offset, "The condition is no boolean.", "Compare it with something, or ask whether it exists().");
        if (value is PathValue.Scalar)
            return Criteria.Lower(node, scope, scope.ResourceType) is { } filter ? $"{scope.Resource} @? {JsonPathText.Literal($"$ ? ({filter})")}" : Reads.Boolean(value, scope.Names);
        return Reads.Each(value, scope.Names, item => $"nullif({item}, 'null')::boolean");
    }
}
