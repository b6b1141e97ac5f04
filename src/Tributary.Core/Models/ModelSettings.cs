using Tributary.Core.Models.Caching;
using Tributary.Core.Models.Files;

namespace Tributary.Core.Models;

/// <summary>
/// What decides how a project's files read: the target, variables of the command line (over the project's), the environment. A
/// cached parse holds only for the same settings, whatever is added here.
/// </summary>
public sealed record ModelSettings(ProfileTarget Target)
{
    /// <summary><c>--vars</c>.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = EmptyMap.Instance;

    /// <summary>What <c>env_var()</c> reads; null = not set.</summary>
    [field: NotStored]
    public Func<string, string?> Environment { get; init; } = static _ => null;

    /// <summary><c>--empty</c>: what nodes refer to is read as a relation without rows.</summary>
    public bool Empty { get; init; }

    /// <summary><c>--target-path</c>: where artifacts and compiled SQL go instead of the project's own folder for them.</summary>
    public string? TargetPath { get; init; }

    /// <summary>The name in tributary.yml, which ids of loads carry; null: the dbt project's.</summary>
    public string? Project { get; init; }

    /// <summary>The zone of days and periods that a model does not name one for.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>The raw tables of the project's streams, by the streams' keys: what <c>changes()</c> follows.</summary>
    public IReadOnlyDictionary<string, StreamTable> StreamTables { get; init; } = new Dictionary<string, StreamTable>();

    /// <summary><c>--store-failures</c>: tests that do not say otherwise keep the rows that fail.</summary>
    public bool StoreFailures { get; init; }

    /// <summary><c>--warn-error</c>: what would warn fails.</summary>
    public bool WarnError { get; init; }

    /// <summary>False with <c>--no-version-check</c>: <c>require-dbt-version</c> is not looked at.</summary>
    public bool ChecksVersion { get; init; } = true;

    /// <summary>What <c>setting()</c> gives while the project is read, by declared name (<c>limit_{year}</c>).</summary>
    public IReadOnlyDictionary<string, object?> SettingSamples { get; init; } = EmptyMap.Instance;

    /// <summary>What it gives where nobody has set the setting; names without a default are not here.</summary>
    public IReadOnlyDictionary<string, object?> SettingDefaults { get; init; } = EmptyMap.Instance;

    /// <summary>The call's arguments and the like; a parse in which a template asks for them holds only for the same ones.</summary>
    public CallFacts Call
    {
        get
        {
            Reads?.ReadCall();
            return PlainCall;
        }
        init => PlainCall = value;
    }

    /// <summary>When the program started; a parse in which a template looks at the clock holds for no other call.</summary>
    public DateTimeOffset StartedAt
    {
        get
        {
            Reads?.ReadClock();
            return PlainCall.StartedAt;
        }
    }

    /// <summary>YAML files below the model folders that are no properties, relative to the project's folder: a catalogue of metrics.</summary>
    public IReadOnlyList<string> OtherFiles { get; init; } = [];

    /// <summary>The verb that runs, for <c>flags.WHICH</c>.</summary>
    public string Verb
    {
        get
        {
            Reads?.ReadVerb();
            return PlainVerb;
        }
        init => PlainVerb = value;
    }

    /// <summary>Where the parsed project is kept for the next call; null: nowhere.</summary>
    [field: NotStored]
    public string? CacheFolder { get; init; }

    /// <summary>The verb, when it is not a template that asks.</summary>
    [field: NotStored]
    internal string PlainVerb { get; private init; } = "build";

    /// <summary>The call, when it is not a template that asks.</summary>
    [field: NotStored]
    internal CallFacts PlainCall { get; private init; } = new();

    /// <summary>Hears what a parse depends on.</summary>
    [field: NotStored]
    internal ProjectReads? Reads { get; init; }
}
