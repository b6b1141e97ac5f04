using Tributary.Core.Models.Files;

namespace Tributary.Core.Models;

/// <summary>What differs from one call of the program to the next, for templates that ask.</summary>
public sealed record CallFacts
{
    /// <summary>The command line in dbt's words: <c>select</c>, <c>full_refresh</c> …, for <c>invocation_args_dict</c> and <c>flags</c>.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = EmptyMap.Instance;

    /// <summary>The variables DBT_ENV_CUSTOM_ENV_…, by the rest of their names: <c>dbt_metadata_envs</c>.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = EmptyMap.Instance;

    /// <summary>When the program started: the clock of templates while references are collected.</summary>
    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.UnixEpoch;
}
