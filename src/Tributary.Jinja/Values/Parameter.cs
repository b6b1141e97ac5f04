namespace Tributary.Jinja.Values;

/// <summary>One parameter of a function of the host or the language.</summary>
internal readonly record struct Parameter(string Name, bool IsRequired, object? Default);
