namespace Tributary.Jinja.Parsing;

/// <summary>What holds for one parse: the syntax, the limits, and whether macros are found only through the globals.</summary>
internal sealed record TemplateRules(TemplateSyntax Syntax, TemplateLimits Limits, bool IsLibrary);
