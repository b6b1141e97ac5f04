using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>The functions by name: how many arguments each takes, and what it becomes.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, PathFunction> Known = new[]
    {
        CollectionFunctions.All, TextFunctions.All, NumberFunctions.All, FhirFunctions.All,
    }.SelectMany(group => group).ToDictionary(function => function.Name, StringComparer.Ordinal);

    public static PathValue Call(PathCompiler compiler, PathNode.Call call)
    {
        if (!Known.TryGetValue(call.Name, out var function))
            throw new PathException(call.Offset, $"There is no function '{call.Name}' for views.", Nearest.Hint(call.Name, [.. Known.Keys]));
        var count = call.Arguments.Count;
        if (count < function.Fewest || count > function.Most)
            throw new PathException(call.Offset, $"{call.Name}() has {count} arguments, expected {Expected(function)}.");
        var source = call.Source is null ? compiler.Scope.This : compiler.Compile(call.Source);
        return function.Apply(new PathCall(compiler, call, source));
    }

    private static string Expected(PathFunction function) =>
        function.Fewest == function.Most ? $"{function.Fewest}" : $"{function.Fewest} or {function.Most}";
}
