using System.CommandLine;
using Tributary.Core.Text;

namespace Tributary.Cli.Arguments;

/// <summary>The options that name earlier artifacts: to compare with (<c>--state</c>) and to build on (<c>--defer</c>).</summary>
internal static class StateArguments
{
    private static readonly Option<string?> State = new("--state") { Description = "The folder of an earlier run's artifacts, to compare with.", HelpName = "DIR", Recursive = true };

    private static readonly Option<string?> DeferState = new("--defer-state") { Description = "The artifacts that --defer reads, where others than those of --state.", HelpName = "DIR", Recursive = true };

    private static readonly Option<bool> Defer = new("--defer") { Description = "What is not chosen and does not stand here is read where the state has it.", Recursive = true };

    private static readonly Option<bool> NoDefer = new("--no-defer") { Hidden = true, Recursive = true };

    private static readonly Option<bool> Favor = new("--favor-state") { Description = "With --defer: what is not chosen is read from the state even when it stands here.", Recursive = true };

    private static readonly Option<bool> NoFavor = new("--no-favor-state") { Hidden = true, Recursive = true };

    public static IEnumerable<Option> All => [State, DeferState, Defer, NoDefer, Favor, NoFavor];

    /// <summary>The folder of <c>--state</c>; null when none is named.</summary>
    public static string? Folder(Invocation invocation) => invocation.Given(State, "DBT_STATE");

    /// <summary>The folder that references to nodes that are not chosen may be read from; null without <c>--defer</c>.</summary>
    public static string? DeferFolder(Invocation invocation) =>
        !invocation.IsOn(Defer, NoDefer, "DBT_DEFER") ? null : invocation.Given(DeferState, "DBT_DEFER_STATE") ?? Folder(invocation)
            ?? throw new UserErrorException(ErrorCodes.StateUnreadable, null, "--defer needs the artifacts of another run.", "Name their folder: --state path/to/artifacts.");

    public static bool FavorsState(Invocation invocation) => invocation.IsOn(Favor, NoFavor, "DBT_FAVOR_STATE");
}
