using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Drops;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>drops list·accept·skip</c>: what became of each drop, and a human's word about those that are held.</summary>
internal static class DropsCommand
{
    public static Command Create() => new("drops", "Drops of files: what became of them, and decisions about those that are held.")
    {
        List(),
        Decide("accept", "Take a held drop as it is with the next sync.", (decisions, stream, drop, cancel) => decisions.AcceptAsync(stream, drop, Environment.UserName, cancel)),
        Decide("skip", "Leave a held drop out for good.", (decisions, stream, drop, cancel) => decisions.SkipAsync(stream, drop, Environment.UserName, cancel)),
    };

    private static Command List()
    {
        var stream = new Argument<string?>("STREAM") { Description = "Only this stream.", Arity = ArgumentArity.ZeroOrOne };
        var state = new Option<string?>("--state") { Description = "taken, passed, held, accepted or skipped.", HelpName = "STATE" };
        var command = new Command("list", "List drops with their states and reasons.") { stream, state };
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var found = await new DropDecisions(session.Context).ListAsync(invocation.Get(stream), cancel);
            new QueryTable(
                ["stream", "drop", "dropped_at", "state", "because", "updated_at"],
                [.. found.Where(drop => invocation.Get(state) is not { } wanted || drop.State == wanted)
                    .Select(drop => new object?[] { drop.Stream, drop.Drop, drop.At.UtcDateTime, drop.State, drop.Because, drop.UpdatedAt.UtcDateTime })]).Print(invocation);
            return 0;
        });
    }

    private static Command Decide(string verb, string description, Func<DropDecisions, SourceStream, string, CancellationToken, Task> decide)
    {
        var name = new Argument<string>("STREAM") { Description = "The stream, such as karo.activities." };
        var drop = new Argument<string>("DROP") { Description = "The drop's name." };
        return new Command(verb, description) { name, drop }.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var streams = session.Project.Streams;
            var stream = streams.FirstOrDefault(candidate => candidate.Key == invocation.Get(name))
                ?? throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no stream '{invocation.Get(name)}'.", Nearest.Hint(invocation.Get(name) ?? "", [.. streams.Select(candidate => candidate.Key)]));
            var wanted = invocation.Get(drop) ?? "";
            await decide(new DropDecisions(session.Context), stream, wanted, cancel);
            await AuditAsync(session, $"drop.{verb}", stream.Key, wanted, cancel);
            invocation.WriteLine(verb == "accept" ? $"The next sync of {stream.Key} takes {wanted} as it is." : $"{wanted} is left out of {stream.Key}.");
            return 0;
        });
    }

    private static async Task AuditAsync(RunSession session, string action, string stream, string drop, CancellationToken cancel)
    {
        await using var connection = await session.Context.Database.OpenAsync(cancel);
        await Audit.AppendAsync(connection, session.Context, new AuditEntry(Environment.UserName, action, new Dictionary<string, string> { ["stream"] = stream, ["drop"] = drop }), cancel);
    }
}
