namespace Tributary.Cli.Views;

/// <summary>How one case went; <paramref name="Reason"/> says why it failed.</summary>
internal sealed record ConformanceResult(string Name, bool Passed, string? Reason);
