namespace Tributary.Core.Runs;

/// <summary>One line of the audit: who (operating-system user), what (<c>export.delivered</c>), and its details by name.</summary>
public sealed record AuditEntry(string Who, string Action, IReadOnlyDictionary<string, string> Detail);
