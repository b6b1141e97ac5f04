using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Logging;
using Tributary.Cli.Arguments;

namespace Tributary.Cli;

/// <summary>The options that every verb has.</summary>
internal static class GlobalOptions
{
    public static readonly Option<DirectoryInfo> Project = new("--project", "--project-dir")
    {
        Description = "The project's folder; default: this one.",
        Recursive = true,
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo("."),
    };

    public static readonly Option<string?> Target = new("--target", "-t") { Description = "The target of tributary.yml (or of profiles.yml) to work in.", Recursive = true, HelpName = "NAME" };

    public static readonly Option<string?> Profile = new("--profile") { Description = "The profile of profiles.yml, in a plain dbt project.", Recursive = true, HelpName = "NAME" };

    public static readonly Option<DirectoryInfo?> ProfilesFolder = new("--profiles-dir") { Description = "The folder of profiles.yml, in a plain dbt project.", Recursive = true, HelpName = "DIR" };

    public static readonly Option<bool> NoVersionCheck = new("--no-version-check") { Description = "Do not look at require-dbt-version.", Recursive = true };

    private static readonly Option<bool> VersionCheck = new("--version-check") { Hidden = true, Recursive = true };

    public static readonly Option<bool> NoPartialParse = new("--no-partial-parse") { Description = "Read the whole project anew.", Recursive = true };

    public static readonly Option<bool> Json = new("--json") { Description = "Print results as one JSON document on stdout.", Recursive = true };

    public static readonly Option<LogLevel> LogLevel = new("--log-level")
    {
        Description = "What to log on stderr: trace, debug, info, warn, error, none.",
        Recursive = true,
        DefaultValueFactory = _ => Microsoft.Extensions.Logging.LogLevel.Warning,
        CustomParser = given => Level(given),
    };

    public static readonly Option<bool> Debug = new("--debug", "-d") { Description = "Log everything on stderr.", Recursive = true };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Print errors alone.", Recursive = true };

    public static void AddTo(RootCommand root)
    {
        root.Add(Debug);
        root.Add(Quiet);
        root.Add(Project);
        root.Add(Target);
        root.Add(Profile);
        root.Add(ProfilesFolder);
        root.Add(NoVersionCheck);
        root.Add(VersionCheck);
        root.Add(NoPartialParse);
        root.Add(Json);
        root.Add(LogLevel);
        foreach (var option in StateArguments.All) root.Add(option);
        foreach (var option in ArtifactArguments.All) root.Add(option);
    }

    /// <summary>dbt's short words too.</summary>
    private static LogLevel Level(ArgumentResult given)
    {
        var word = given.Tokens.Count == 1 ? given.Tokens[0].Value.ToLowerInvariant() : "";
        word = word switch { "info" => "information", "warn" => "warning", _ => word };
        if (Enum.TryParse<LogLevel>(word, ignoreCase: true, out var level) && !char.IsAsciiDigit(word[0])) return level;
        given.AddError($"'{word}' is no level: trace, debug, information, warning, error or none.");
        return Microsoft.Extensions.Logging.LogLevel.Warning;
    }
}
