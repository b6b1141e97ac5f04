using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Ingest;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>rejects list·show·release</c>: the records that could not be loaded, and the way back in.</summary>
internal static class RejectsCommand
{
    public static Command Create() =>
        new("rejects", "The records that could not be loaded.") { List(), Show(), Release() };

    private static Command List()
    {
        var stream = new Option<string?>("--stream") { Description = "Only this stream.", HelpName = "STREAM" };
        var status = new Option<string?>("--status") { Description = "open, released, superseded or noted (loaded, but not as it came); default: open.", HelpName = "STATUS", DefaultValueFactory = _ => "open" };
        var limit = new Option<int>("--limit") { Description = "How many.", DefaultValueFactory = _ => 100 };
        var command = new Command("list", "List rejects: number, stream, file, line, offset, length and reason; never their content.") { stream, status, limit };
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var found = await new Rejects(session.Context).ListAsync(invocation.Get(stream), invocation.Get(status), invocation.Get(limit), cancel);
            new QueryTable(
                ["reject", "stream", "file", "line", "offset", "length", "reason", "detail", "status"],
                [.. found.Select(reject => new object?[] { reject.Id, reject.Stream, reject.File, reject.Line, reject.Offset, reject.Length, reject.Reason, reject.Detail, reject.Status })]).Print(invocation);
            return 0;
        });
    }

    private static Command Show()
    {
        var id = new Argument<long>("REJECT") { Description = "The reject's number." };
        var bytes = new Option<bool>("--bytes") { Description = "Write its bytes to stdout. They may hold personal data; the audit notes it." };
        var command = new Command("show", "Show one reject.") { id, bytes };
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var rejects = new Rejects(session.Context);
            if (!invocation.Get(bytes))
            {
                var reject = await rejects.FindAsync(invocation.Get(id), cancel);
                invocation.WriteLine($"reject {reject.Id} of {reject.Stream}: {reject.File}, line {reject.Line}, byte {reject.Offset}, {reject.Length} bytes\n{reject.Reason}: {reject.Detail}\nstatus: {reject.Status}");
                return 0;
            }
            var content = await rejects.BytesAsync(invocation.Get(id), cancel);
            await AuditAsync(session, "reject.shown", invocation.Get(id), cancel);
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(content, cancel);
            return 0;
        });
    }

    private static Command Release()
    {
        var id = new Argument<long>("REJECT") { Description = "The reject's number." };
        var from = new Option<FileInfo?>("--from") { Description = "A file with the corrected record; without it the stored bytes are tried again.", HelpName = "FILE" };
        var command = new Command("release", "Load a corrected record as its load would have.") { id, from };
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var rejects = new Rejects(session.Context);
            var reject = await rejects.FindAsync(invocation.Get(id), cancel);
            var stream = session.Project.Streams.FirstOrDefault(candidate => candidate.Key == reject.Stream)
                ?? throw new UserErrorException(ErrorCodes.UnknownName, null, $"The project has no stream '{reject.Stream}' any more.", "Add it to its source again.");
            var corrected = invocation.Get(from) is { } file ? await File.ReadAllBytesAsync(file.FullName, cancel) : null;
            await rejects.ReleaseAsync(stream, reject.Id, corrected, cancel);
            await AuditAsync(session, "reject.released", reject.Id, cancel);
            invocation.WriteLine($"Reject {reject.Id} is in {stream.Raw}.");
            return 0;
        });
    }

    private static async Task AuditAsync(RunSession session, string action, long id, CancellationToken cancel)
    {
        await using var connection = await session.Context.Database.OpenAsync(cancel);
        await Audit.AppendAsync(connection, session.Context, new AuditEntry(Environment.UserName, action, new Dictionary<string, string> { ["reject"] = $"{id}" }), cancel);
    }
}
