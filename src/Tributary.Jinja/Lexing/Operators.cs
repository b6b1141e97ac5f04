namespace Tributary.Jinja.Lexing;

/// <summary>The signs of the language, longest first.</summary>
internal static class Operators
{
    /// <summary>The sign that starts with these two characters; <see cref="TokenKind.End"/> when there is none.</summary>
    public static (TokenKind Kind, int Length) Read(char first, char second) => (first, second) switch
    {
        ('/', '/') => (TokenKind.FloorDiv, 2),
        ('*', '*') => (TokenKind.Pow, 2),
        ('=', '=') => (TokenKind.Equal, 2),
        ('!', '=') => (TokenKind.NotEqual, 2),
        ('<', '=') => (TokenKind.LessEqual, 2),
        ('>', '=') => (TokenKind.GreaterEqual, 2),
        _ => (Single(first), 1),
    };

    private static TokenKind Single(char c) => c switch
    {
        '+' => TokenKind.Add,
        '-' => TokenKind.Sub,
        '*' => TokenKind.Mul,
        '/' => TokenKind.Div,
        '%' => TokenKind.Mod,
        '~' => TokenKind.Tilde,
        '(' => TokenKind.LeftParen,
        ')' => TokenKind.RightParen,
        '[' => TokenKind.LeftBracket,
        ']' => TokenKind.RightBracket,
        '{' => TokenKind.LeftBrace,
        '}' => TokenKind.RightBrace,
        '<' => TokenKind.Less,
        '>' => TokenKind.Greater,
        '=' => TokenKind.Assign,
        '.' => TokenKind.Dot,
        ',' => TokenKind.Comma,
        ':' => TokenKind.Colon,
        '|' => TokenKind.Pipe,
        _ => TokenKind.End,
    };
}
