using System.Diagnostics;
using System.Text.RegularExpressions;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Docs;

/// <summary>The README's tour, typed by a test as a newcomer would: every block marked <c>sh tour</c>, in order, in one shell.</summary>
public sealed partial class TourTests
{
    [Fact]
    [Requirement("X14")]
    public async Task Every_command_of_the_tour_works()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var commands = string.Join('\n', TourBlock().Matches(readme).Select(block => block.Groups["commands"].Value));
        Assert.Contains("./tributary export", commands, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("tributary-tour-");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "tributary"), Path.Combine(Repository.Root, "tributary"));
        // A link to tools/ would hide the solution's build properties from MSBuild.
        commands = commands.Replace("--project tools/", $"--project {Repository.Root}/tools/", StringComparison.Ordinal);
        try
        {
            var result = await RunAsync(folder, "set -eo pipefail\n" + commands);
            result.Expect(0);
            Assert.Contains("engage_analytics_export_anon_20251231_000000.zip", result.Output, StringComparison.Ordinal);
            Assert.Contains("provider_count", result.Output, StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync(folder, "./tributary db stop --project my-clinic || true");
            folder.Delete(recursive: true);
        }
    }

    private static async Task<ProcessResult> RunAsync(DirectoryInfo folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        using var shell = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        var errors = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ProcessResult(shell.ExitCode, output, await errors);
    }

    [GeneratedRegex(@"^```sh tour\n(?<commands>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex TourBlock();
}
