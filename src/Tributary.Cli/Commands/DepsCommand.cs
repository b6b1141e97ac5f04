using System.CommandLine;
using Tributary.Core.Models;
using Tributary.Core.Models.Packages;

namespace Tributary.Cli.Commands;

/// <summary><c>deps</c>: fetches the dbt packages that the project asks for.</summary>
internal static class DepsCommand
{
    public static Command Create()
    {
        var upgrade = new Option<bool>("--upgrade") { Description = "Decide on versions anew, though package-lock.yml holds." };
        var lockOnly = new Option<bool>("--lock") { Description = "Decide and write package-lock.yml; install nothing." };
        var add = new Option<string?>("--add-package") { Description = "Add a package to packages.yml first: name@version.", HelpName = "NAME@VERSION" };
        var source = new Option<string>("--source") { Description = "Where the added package comes from: hub, git, local or tarball.", DefaultValueFactory = _ => "hub" };
        source.AcceptOnlyFromAmong("hub", "git", "local", "tarball");
        var vars = new Option<string?>("--vars") { Description = "Variables as YAML, for templates in packages.yml.", HelpName = "YAML" };
        var command = new Command("deps", "Fetch the dbt packages of packages.yml into dbt_packages.") { upgrade, lockOnly, add, source, vars };
        return command.WithAction(async (invocation, cancel) =>
        {
            if (invocation.Get(add) is { } package) await PackageListing.AddAsync(invocation.ProjectFolder, package, invocation.Get(source)!, cancel); // the option has a default
            using var deps = new PackageDeps(invocation.ProjectFolder, Settings(invocation, invocation.Get(vars)), invocation.Clock);
            var report = await deps.RunAsync(invocation.Get(upgrade), invocation.Get(lockOnly), cancel);
            foreach (var warning in report.Warnings) invocation.Warn(warning.ToString());
            if (invocation.AsJson) invocation.WriteJson(report.Packages);
            else foreach (var line in report.Packages) invocation.WriteLine($"{line.Name}: {line.Source}{(line.Newer is null ? "" : $" ({line.Newer} is there)")}");
            if (report.Packages.Count == 0) invocation.Warn("packages.yml asks for no packages.");
            return 0;
        });
    }

    private static ModelSettings Settings(Invocation invocation, string? vars) => new(new ProfileTarget(invocation.Target ?? "default", "", ""))
    {
        Vars = CommandLineVars.Read(vars),
        Environment = invocation.Environment.Find,
        ChecksVersion = RunVerb.ChecksVersion(invocation),
    };
}
