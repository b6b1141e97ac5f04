using System.CommandLine;

namespace Tributary.Cli.Arguments;

/// <summary>The options that say which artifacts are written, and where.</summary>
internal static class ArtifactArguments
{
    private static readonly Option<bool> Write = new("--write-json") { Hidden = true, Recursive = true };

    private static readonly Option<bool> NoWrite = new("--no-write-json") { Description = "Leave no manifest.json and run_results.json.", Recursive = true };

    private static readonly Option<string?> Target = new("--target-path") { Description = "Where artifacts and compiled SQL go; default: target-path of dbt_project.yml.", HelpName = "DIR", Recursive = true };

    public static IEnumerable<Option> All => [Write, NoWrite, Target];

    public static bool WritesJson(Invocation invocation) =>
        !invocation.Get(NoWrite) && (invocation.Get(Write) || !invocation.IsOff("DBT_WRITE_JSON"));

    /// <summary>Null: the project's own.</summary>
    public static string? Folder(Invocation invocation) => invocation.Given(Target, "DBT_TARGET_PATH");
}
