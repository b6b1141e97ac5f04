using System.CommandLine;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>verify SOURCE…</c>: compares raw tables with what their sources hold, and repairs them when asked.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var streams = new Argument<string[]>("STREAM") { Description = "Streams (cht.medic) or whole sources (cht).", Arity = ArgumentArity.OneOrMore };
        var repair = new Option<bool>("--repair") { Description = "Bring what differs up to date." };
        return new Command("verify", "Compare raw tables with what their sources hold now, by key and version.") { streams, repair }.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var (repairs, status) = (invocation.Get(repair), 0);
            foreach (var load in SyncCommand.PlanOf(session.Project.Graph, invocation.Get(streams) ?? []).Steps.Select(step => step.Node).OfType<IngestNode>())
                status = Math.Max(status, await RunAsync(invocation, session.Context, load.Stream, repairs, cancel));
            return status;
        });
    }

    // One stream that cannot be compared leaves the others.
    private static async Task<int> RunAsync(Invocation invocation, RunContext context, SourceStream stream, bool repairs, CancellationToken cancel)
    {
        try
        {
            var report = await new Comparison(context, stream).RunAsync(repairs, cancel);
            invocation.WriteLine(Text(stream, report, repairs));
            return report.Differences > 0 && !repairs ? 1 : 0;
        }
        catch (UserErrorException wrong)
        {
            foreach (var error in wrong.Errors) invocation.Complain(error.ToString());
            return 1;
        }
        catch (TransientException unreachable)
        {
            invocation.Complain(unreachable.Message);
            return 3;
        }
    }

    private static string Text(SourceStream stream, ComparisonReport report, bool repairs)
    {
        var rejected = report.Rejected > 0 ? $"; {report.Rejected} cannot be loaded" : "";
        return report.Differences == 0
            ? $"{stream.Key}: {report.Listed} compared, all alike{rejected}"
            : $"{stream.Key}: {report.Listed} compared; {report.Missing} missing, {report.Different} different, {report.Gone} gone from the source{rejected}{(repairs ? "; repaired" : "")}";
    }
}
