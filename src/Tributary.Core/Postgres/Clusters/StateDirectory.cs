namespace Tributary.Core.Postgres.Clusters;

/// <summary>
/// Where private clusters live: <c>TRIBUTARY_STATE_DIRECTORY</c>, else <c>/var/lib/tributary</c> for root, else
/// <c>tributary</c> below <c>$XDG_STATE_HOME</c> (<c>~/.local/state</c>, XDG Base Directory Specification). Never inside a
/// checkout, which <c>git clean</c> empties.
/// </summary>
internal static class StateDirectory
{
    public const string Variable = "TRIBUTARY_STATE_DIRECTORY";

    public static string Locate(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } chosen) return RealPath.Of(chosen);
        if (ServerCommand.SystemUser is not null) return "/var/lib/tributary";
        return RealPath.Of(Path.Combine(StateHome(environment), "tributary"));
    }

    /// <summary>A relative <c>XDG_STATE_HOME</c> is invalid by the specification and ignored.</summary>
    private static string StateHome(Func<string, string?> environment) =>
        environment("XDG_STATE_HOME") is { } state && Path.IsPathRooted(state)
            ? state
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
}
