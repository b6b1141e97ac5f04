using System.CommandLine;
using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>rewind STREAM</c>: the next sync reads the stream from its beginning.</summary>
internal static class RewindCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("STREAM") { Description = "The stream, such as fhir.Patient." };
        return new Command("rewind", "Make the next sync read a stream from its beginning.") { name }.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var streams = session.Project.Streams;
            var stream = streams.FirstOrDefault(candidate => candidate.Key == invocation.Get(name))
                ?? throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no stream '{invocation.Get(name)}'.", Nearest.Hint(invocation.Get(name) ?? "", [.. streams.Select(candidate => candidate.Key)]));
            var removed = await Rewind.RunAsync(session.Context, stream, cancel);
            invocation.WriteLine($"The next sync of {stream.Key} starts at its beginning{(removed > 0 ? $"; {removed} appended rows were removed" : "")}.");
            return 0;
        });
    }
}
