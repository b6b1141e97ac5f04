using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>The parts of a <c>for</c> tag; a recursive loop has a layout of its own.</summary>
internal sealed record ForHead(AssignmentTarget Target, Expression Iterable, Expression? Filter, FrameLayout? OwnLayout, int LoopSlot);
