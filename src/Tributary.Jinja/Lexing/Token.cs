namespace Tributary.Jinja.Lexing;

/// <summary>A piece of the source: kind and extent. Text tokens are already cut by whitespace control.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length);
