using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Projects;

/// <summary>Which project to load, for which target, and what it may read: the environment and the kinds that this program knows.</summary>
public sealed record ProjectRequest(string Folder, EnvironmentVariables Environment, KindCatalog Kinds)
{
    /// <summary>The target's name; null: the project's default.</summary>
    public string? Target { get; init; }

    /// <summary>A plain dbt project's profile, where the command line names another than <c>dbt_project.yml</c>.</summary>
    public string? Profile { get; init; }

    /// <summary>The folder of <c>profiles.yml</c>, where the command line names one.</summary>
    public string? ProfilesFolder { get; init; }

    /// <summary>False with <c>--no-version-check</c>.</summary>
    public bool ChecksVersion { get; init; } = true;

    /// <summary>Relations are read as empty (<c>--empty</c>).</summary>
    public bool Empty { get; init; }

    /// <summary>Where artifacts go, where the command line names another folder than the project.</summary>
    public string? TargetPath { get; init; }

    /// <summary>The verb that runs, for <c>flags.WHICH</c>.</summary>
    public string Verb { get; init; } = "build";

    /// <summary>The command line in dbt's words, for <c>invocation_args_dict</c> and <c>flags</c>.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = new Dictionary<string, object?>();

    /// <summary>When the program started: the clock of templates while references are collected.</summary>
    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary><c>--store-failures</c>: tests keep the rows that fail.</summary>
    public bool StoreFailures { get; init; }

    /// <summary><c>--warn-error</c>: what would warn fails.</summary>
    public bool WarnError { get; init; }

    /// <summary><c>--vars</c> of the command line, which win over the project's.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();

    /// <summary>False with <c>--no-partial-parse</c>: the project is read anew, and nothing is kept for the next call.</summary>
    public bool CachesParse { get; init; } = true;

    /// <summary>Forms that the warehouse knows are asked of it; else what it said last counts.</summary>
    public bool AsksWarehouse { get; init; }

    /// <summary>Told of the target before the project's files are read, so that a connection can be opened meanwhile.</summary>
    public Action<TargetChoice>? TargetKnown { get; init; }
}
