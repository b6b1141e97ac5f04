namespace Tributary.Jinja;

/// <summary>One macro that was running, and the place that called it.</summary>
public readonly record struct MacroCall(string Macro, SourcePosition CalledAt);
