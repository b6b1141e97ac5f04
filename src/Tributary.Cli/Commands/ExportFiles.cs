using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>exports list --from</c> and <c>exports download</c>: files as the destinations hold them, for those who have no other client.</summary>
internal static class ExportFiles
{
    public static readonly Option<string?> From = new("--from") { Description = "The destination to ask itself; no warehouse is needed then.", HelpName = "DESTINATION" };

    public static Command CreateDownload()
    {
        var words = new Argument<string[]>("NAME DIR") { Description = "An export (its newest file) or a file as `exports list` shows it, and the folder to write to.", Arity = new ArgumentArity(1, 2) };
        var latest = new Option<bool>("--latest") { Description = "The newest file of every export; only DIR is given then." };
        var command = new Command("download", "Fetch delivered files and compare them with what was delivered.") { words, latest, From };
        return command.WithAction((invocation, cancel) => DownloadAsync(invocation, Wish.Of(invocation.Get(words) ?? [], invocation.Get(latest)), cancel));
    }

    /// <summary>What the destination holds, in the order of names.</summary>
    public static async Task<int> ListAsync(Invocation invocation, string from, CancellationToken cancel)
    {
        var destination = Find(await DestinationsAsync(invocation, cancel), from);
        var rows = new List<object?[]>();
        await foreach (var file in Refusing(destination, destination.ListAsync(cancel))) rows.Add([file.Name, file.Bytes, file.ModifiedAt.UtcDateTime]);
        new QueryTable(["name", "bytes", "modified"], rows).Print(invocation);
        return 0;
    }

    private static async Task<int> DownloadAsync(Invocation invocation, Wish wish, CancellationToken cancel)
    {
        var files = invocation.Get(From) is { } from
            ? await wish.AtAsync(Find(await DestinationsAsync(invocation, cancel), from), cancel)
            : await OfLedgerAsync(invocation, wish, cancel);
        var folder = new DirectoryInfo(wish.Folder);
        var to = new Folder(new SourcePosition("DIR"), "download", folder.FullName, ".", []);
        var rows = new List<object?[]>();
        foreach (var file in files)
        {
            var wrong = await Download.RunAsync(file, to, cancel);
            rows.Add([file.Name, wrong is null ? Path.Combine(wish.Folder, file.Name.Split('/')[^1]) : null, wrong]);
        }
        to.Tidy();
        new QueryTable(["name", "file", "wrong"], rows).Print(invocation);
        return rows.All(row => row[2] is null) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<WantedFile>> OfLedgerAsync(Invocation invocation, Wish wish, CancellationToken cancel)
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        await using var connection = await session.Context.Database.OpenAsync(cancel);
        var chosen = wish.Of(await Deliveries.ListAsync(connection, session.Context.Key, cancel));
        await WriteAuditAsync(session.Context, chosen, cancel);
        return [.. chosen.Select(delivery => new WantedFile(delivery.Name, Find(session.Project.Destinations, delivery.Destination), delivery.Sha256))];
    }

    /// <summary>Who fetched what stands in the book before the first byte leaves.</summary>
    private static async Task WriteAuditAsync(RunContext context, IReadOnlyList<Delivery> chosen, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        var detail = new Dictionary<string, string> { ["files"] = string.Join(", ", chosen.Select(delivery => $"{delivery.Destination}/{delivery.Name}")) };
        await Audit.AppendAsync(connection, context, new AuditEntry(Environment.UserName, "export.downloaded", detail), cancel);
    }

    private static async Task<IReadOnlyDictionary<string, Destination>> DestinationsAsync(Invocation invocation, CancellationToken cancel) =>
        (await RunVerb.LoadAsync(invocation, vars: null, cancel)).Destinations;

    private static FileDestination Find(IReadOnlyDictionary<string, Destination> destinations, string name) =>
        destinations.TryGetValue(name, out var found)
            ? found as FileDestination ?? throw new UserErrorException(ErrorCodes.InvalidValue, null, $"'{name}' holds documents, not files.", "Look at them with a client of that server; `tributary exports verify` counts them.")
            : throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no destination '{name}'.", Nearest.Hint(name, [.. destinations.Keys]));

    private static async IAsyncEnumerable<StoredFile> Refusing(FileDestination destination, IAsyncEnumerable<StoredFile> files)
    {
        await using var each = files.GetAsyncEnumerator();
        while (await NextAsync()) yield return each.Current;

        async Task<bool> NextAsync()
        {
            try
            {
                return await each.MoveNextAsync();
            }
            catch (IOException refused)
            {
                throw new UserErrorException(ErrorCodes.DeliveryFailed, null, $"'{destination.Name}' cannot be listed: {refused.Message}");
            }
        }
    }

    /// <summary>What the command line asks for: everything newest, or one name; and where to.</summary>
    private sealed record Wish(string? Name, string Folder)
    {
        public static Wish Of(string[] words, bool latest) => (words, latest) switch
        {
            ([var folder], true) => new Wish(null, folder),
            ([var name, var folder], false) => new Wish(name, folder),
            _ => throw new UserErrorException(ErrorCodes.MissingKey, null, latest ? "--latest takes a folder alone." : "NAME or DIR is missing.", "Write `exports download NAME DIR` or `exports download --latest DIR`."),
        };

        /// <summary>Of deliveries from the newest to the oldest.</summary>
        public IReadOnlyList<Delivery> Of(IReadOnlyList<Delivery> deliveries)
        {
            List<Delivery> found = Name is null ? [.. deliveries.DistinctBy(delivery => delivery.Export)]
                : deliveries.FirstOrDefault(delivery => delivery.Name == Name || delivery.Export == Name) is { } one ? [one] : [];
            return found.Count > 0 ? found : throw Missing([.. deliveries.Select(delivery => delivery.Export).Distinct()]);
        }

        /// <summary>Without the ledger: by the pointers that the destination holds, or by the name of a file.</summary>
        public async Task<IReadOnlyList<WantedFile>> AtAsync(FileDestination destination, CancellationToken cancel)
        {
            try
            {
                if (Name is not null && await destination.FindAsync(Name, cancel) is not null) return [new WantedFile(Name, destination, null)];
                var pointers = (await LatestPointer.ListAsync(destination, cancel)).Where(pointer => Name is null || pointer.Export == Name).ToList();
                return pointers.Count > 0 ? [.. pointers.Select(pointer => new WantedFile(pointer.Name, destination, pointer.Sha256))] : throw Missing([]);
            }
            catch (IOException refused)
            {
                throw new UserErrorException(ErrorCodes.DeliveryFailed, null, $"'{destination.Name}' refused: {refused.Message}");
            }
        }

        private UserErrorException Missing(IReadOnlyList<string> known) => new(ErrorCodes.UnknownName, null,
            Name is null ? "No file is known as the newest." : $"'{Name}' is neither a delivered file nor an export that was delivered.",
            known.Count > 0 && Name is not null ? Nearest.Hint(Name, known) : "`tributary exports list` shows what there is; `latest: true` in an export writes the pointer that is looked for here.");
    }
}
