using System.CommandLine;
using Tributary.Core.Models;

namespace Tributary.Cli.Commands;

/// <summary><c>clean</c>: delete the folders of <c>clean-targets</c>.</summary>
internal static class CleanCommand
{
    public static Command Create()
    {
        var vars = new Option<string?>("--vars") { Description = "Variables as YAML, for templates in dbt_project.yml.", HelpName = "YAML" };
        var command = new Command("clean", "Delete the folders that dbt_project.yml names under clean-targets.") { vars };
        foreach (var name in new[] { "--clean-project-files-only", "--no-clean-project-files-only" }) command.Add(new Option<bool>(name) { Hidden = true });
        return command.WithAction((invocation, _) =>
        {
            var settings = new ModelSettings(new ProfileTarget(invocation.Target ?? "default", "", "")) { Vars = CommandLineVars.Read(invocation.Get(vars)), Environment = invocation.Environment.Find };
            foreach (var target in CleanTargets.Delete(ModelFiles.Read(invocation.ProjectFolder, settings))) invocation.WriteLine($"Deleted {target}.");
            return Task.FromResult(0);
        });
    }
}
