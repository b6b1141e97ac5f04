namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Extensions of an element; those of a primitive one lie beside it, under its name with an underscore.</summary>
internal static class Extensions
{
    /// <summary><c>extension(url)</c></summary>
    public static PathValue ByUrl(PathCompiler compiler, PathValue source, string url)
    {
        var all = compiler.Step(source, "extension");
        if (all is not PathValue.Items items) return all;
        return items with { Path = $"{items.Path} ? (@.\"url\" == {JsonPathText.Quote(url)})", Keys = null, Step = null, Shortcut = null, IsOne = false, Element = "extension" };
    }

    public static PathValue OfPrimitive(PathValue.Items items, MemberStep step, SqlNames names)
    {
        var beside = PathCompiler.Plain(PathCompiler.Plain(step.From, "_" + step.Name), "extension");
        return Collections.Join(PathCompiler.Plain(items, "extension"), beside, names) with { Element = "extension" };
    }
}
