namespace Tributary.Jinja.Lexing;

/// <summary>How a tag that has just ended treats the text after it.</summary>
internal enum TagBoundary : byte
{
    Keep,
    StripNewline,
    StripWhitespace,
}
