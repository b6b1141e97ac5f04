namespace Tributary.Core.Postgres;

/// <summary>What can be said about a project's private cluster without starting it.</summary>
/// <param name="Port">Null until the cluster is made.</param>
/// <param name="ProcessId">Null when it does not run.</param>
/// <param name="PostgresMajor">Null until the cluster is made.</param>
public sealed record ClusterStatus(string Name, bool IsMade, int? ProcessId, int? Port, string DataDirectory, string LogDirectory, int? PostgresMajor);
