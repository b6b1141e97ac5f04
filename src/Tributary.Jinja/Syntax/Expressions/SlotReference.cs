namespace Tributary.Jinja.Syntax;

/// <summary>A variable: how many frames outward, and which slot there.</summary>
internal readonly record struct SlotReference(int Hops, int Slot);
