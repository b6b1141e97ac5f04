using System.CommandLine;
using System.Globalization;
using Tributary.Cli.Arguments;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary>The options of the verbs that run something.</summary>
internal sealed class RunArguments
{
    private readonly Option<bool> fullRefresh = new("--full-refresh", "-f") { Description = "Rebuild incremental models and seeds from nothing." };

    private readonly Option<string?> asOf = new("--as-of") { Description = "The instant that the run speaks of (2025-12-31 or 2025-12-31T10:00:00Z; UTC); default: now.", HelpName = "TIME" };

    private readonly Option<int?> threads = new("--threads") { Description = "Steps at once.", HelpName = "N" };

    private readonly Option<bool> failFast = new("--fail-fast", "-x") { Description = "End with the first failure." };

    private readonly Option<string?> vars = new("--vars") { Description = "Variables as YAML: '{min_amount: 5}'.", HelpName = "YAML" };

    private readonly Option<string?> eventTimeStart = new("--event-time-start") { Description = "Microbatch models build their batches from here on (UTC).", HelpName = "TIME" };

    private readonly Option<string?> eventTimeEnd = new("--event-time-end") { Description = "… up to here, not included (UTC).", HelpName = "TIME" };

    /// <summary>Of the verbs that run tests.</summary>
    public static readonly Option<bool> StoreFailures = new("--store-failures") { Description = "Keep the rows that fail a test in a table of its own." };

    public static readonly Option<bool> WarnError = new("--warn-error") { Description = "Let fail what would warn." };

    /// <summary>What warn-error does only for some warnings: all of them are what is understood here.</summary>
    private static readonly Option<string?> WarnErrorOptions = new("--warn-error-options") { Hidden = true };

    /// <summary>Of the verbs that build: every relation is read as empty.</summary>
    public static readonly Option<bool> Empty = new("--empty") { Description = "Build with no rows read: types and names are checked, nothing is computed." };

    private static readonly Option<string?> Sample = new("--sample") { Hidden = true };

    /// <summary>What would warn is to fail.</summary>
    public static bool FailsOnWarnings(Invocation invocation) =>
        invocation.IsOn(WarnError, "DBT_WARN_ERROR")
        || (invocation.Given(WarnErrorOptions, "DBT_WARN_ERROR_OPTIONS") is { } options && CommandLineVars.Read(options) is var map && (map.GetValueOrDefault("include") ?? map.GetValueOrDefault("error")) is "all" or "*");

    public SelectionArguments Selection { get; } = new();

    public Option<bool> All { get; } = new("--all") { Description = "Build what is fresh too." };

    public Command AddTo(Command command, bool withAll = false)
    {
        Selection.AddTo(command);
        command.Add(fullRefresh);
        command.Add(asOf);
        command.Add(threads);
        command.Add(failFast);
        command.Add(vars);
        command.Add(WarnError);
        command.Add(WarnErrorOptions);
        command.Add(Empty);
        command.Add(Sample);
        if (command.Name is "build" or "run")
        {
            command.Add(eventTimeStart);
            command.Add(eventTimeEnd);
        }
        if (command.Name is "build" or "test") command.Add(StoreFailures);
        if (withAll) command.Add(All);
        return command;
    }

    public int? Threads(Invocation invocation) => invocation.Get(threads);

    public string? Vars(Invocation invocation) => invocation.Get(vars);

    public RunOptions Options(Invocation invocation, bool all) => WithEventTime(invocation, new RunOptions
    {
        AsOf = Instant("--as-of", invocation.Get(asOf)),
        All = all,
        FullRefresh = invocation.IsOn(fullRefresh, "DBT_FULL_REFRESH"),
        FailFast = invocation.IsOn(failFast, "DBT_FAIL_FAST"),
        Threads = invocation.Get(threads),
    });

    private RunOptions WithEventTime(Invocation invocation, RunOptions options)
    {
        if (invocation.Get(Sample) is not null)
            throw new UserErrorException(ErrorCodes.NotSupported, null, "--sample is not here.", "Use --empty, or --event-time-start and --event-time-end for microbatch models.");
        if (invocation.Parsed.CommandResult.Command.Name is not ("build" or "run")) return options;
        var start = Instant("--event-time-start", invocation.Get(eventTimeStart));
        var end = Instant("--event-time-end", invocation.Get(eventTimeEnd));
        if (start is null != end is null) throw new UserErrorException(ErrorCodes.InvalidValue, null, $"{(start is null ? "--event-time-end stands without --event-time-start" : "--event-time-start stands without --event-time-end")}.", "Give both.");
        if (start >= end) throw new UserErrorException(ErrorCodes.InvalidValue, null, "--event-time-start is not before --event-time-end.", "The end is not included: write the next day.");
        return options with { EventTimeStart = start, EventTimeEnd = end };
    }

    /// <summary>A date alone is its first instant in UTC.</summary>
    internal static DateTimeOffset? Instant(string option, string? text)
    {
        if (text is null) return null;
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss.FFFFFFK"];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : throw new UserErrorException(ErrorCodes.InvalidValue, null, $"{option} '{text}' is not a time.", "Write 2025-12-31 or 2025-12-31T10:00:00Z.");
    }
}
