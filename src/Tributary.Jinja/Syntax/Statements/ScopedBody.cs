namespace Tributary.Jinja.Syntax;

/// <summary>Statements of a block that has variables of its own.</summary>
internal readonly record struct ScopedBody(Statement[] Statements, NameScope Scope);
