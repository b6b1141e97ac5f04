namespace Tributary.Jinja.Syntax;

/// <summary>Where a node starts in its source.</summary>
internal readonly record struct Location(SourceText Source, int Offset)
{
    public TemplateException Error(string message, string? hint = null) => new(message, Source, Offset, hint);
}
