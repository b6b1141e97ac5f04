namespace Tributary.Jinja.Rendering;

/// <summary>How a statement ended: on to the next, or out of the loop or macro around it.</summary>
internal enum Completion : byte
{
    Normal,
    Break,
    Continue,
    Return,
}
