using Tributary.Core.Models.Files;

namespace Tributary.Core.Models;

/// <summary>
/// Where models are built, in the words of dbt's <c>target</c>: <paramref name="Schema"/> is the default schema;
/// <see cref="SchemaPrefix"/> is put before every schema that a model gets, so that developers do not meet.
/// </summary>
public sealed record ProfileTarget(string Name, string Database, string Schema)
{
    public string SchemaPrefix { get; init; } = "";

    public string ProfileName { get; init; } = "tributary";

    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 5432;

    public string User { get; init; } = "";

    public int Threads { get; init; } = 4;

    /// <summary>What else <c>target</c> holds: the profile's own settings of its sessions.</summary>
    public IReadOnlyDictionary<string, object?> Settings { get; init; } = EmptyMap.Instance;
}
