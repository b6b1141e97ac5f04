using System.CommandLine;
using Npgsql;
using Tributary.Cli.Output;
using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Exports.Backups;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>db backup·backups·restore</c>: backups of the warehouse, to a folder or to a destination of files.</summary>
internal static class BackupCommands
{
    private static readonly Option<string> To = new("--to") { Description = "A destination of the project that takes files, or a folder.", HelpName = "PLACE", Required = true };

    private static readonly Option<string> From = new("--from") { Description = "Where the backups lie: a destination of the project, or a folder.", HelpName = "PLACE", Required = true };

    private static readonly Option<string?> Keep = new("--keep") { Description = "Which older backups stay, such as '30 days' or '10 newest'; without it all of them.", HelpName = "WHICH" };

    private static readonly Option<string> Into = new("--into") { Description = "The empty database to restore into.", HelpName = "DATABASE", Required = true };

    private static readonly Argument<string> Name = new("BACKUP") { Description = "The backup's name, or latest." };

    public static IEnumerable<Command> Create() =>
    [
        new Command("backup", "Back the warehouse up with pg_dump; read back and compared before it counts.") { To, Keep }.WithAction(BackupAsync),
        new Command("backups", "List the backups at a place.") { From }.WithAction(ListAsync),
        new Command("restore", "Restore a backup into an empty database, and compare counts and positions with what was backed up.") { Name, From, Into }.WithAction(RestoreAsync),
    ];

    private static async Task<int> BackupAsync(Invocation invocation, CancellationToken cancel)
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        var keep = invocation.Get(Keep) is { } text
            ? Retention.Parse(text) ?? throw new UserErrorException(ErrorCodes.InvalidValue, null, $"--keep '{text}' says no retention.", "Write '30 days' or '10 newest'.")
            : null;
        var backup = new WarehouseBackup(session.Context, await AddressAsync(session, cancel), PlaceOf(session.Project, invocation.Get(To)!)); // required
        var manifest = await backup.RunAsync(cancel);
        var removed = keep is null ? 0 : await backup.RemoveOldAsync(keep, cancel);
        invocation.WriteLine($"{manifest.Name}: {manifest.Tables.Count} tables, {manifest.Tables.Values.Sum()} rows, {manifest.Bytes} bytes; read back and alike{(removed > 0 ? $"; {Quantity.Count(removed, "older backup")} removed" : "")}");
        return 0;
    }

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancel)
    {
        var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
        foreach (var backup in await WarehouseBackup.ListAsync(PlaceOf(project, invocation.Get(From)!), cancel)) // required
            invocation.WriteLine($"{backup.Name}  {backup.TakenAt:yyyy-MM-dd HH:mm:ss}Z  {backup.Bytes} bytes  {backup.Tables.Count} tables");
        return 0;
    }

    private static async Task<int> RestoreAsync(Invocation invocation, CancellationToken cancel)
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        var place = PlaceOf(session.Project, invocation.Get(From)!); // required
        var backups = await WarehouseBackup.ListAsync(place, cancel);
        var name = invocation.Get(Name);
        // The newest comes first.
        var backup = backups.FirstOrDefault(one => name == "latest" || one.Name == name)
            ?? throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no backup '{name}' at {place.Place}.", Nearest.Hint(name ?? "", [.. backups.Select(one => one.Name)]));
        var into = await AddressAsync(session, cancel);
        into.Database = invocation.Get(Into);
        var differences = await WarehouseRestore.RunAsync(backup, place, into, cancel);
        foreach (var difference in differences) invocation.Complain($"{ErrorCodes.BackupDiffers}: {difference}");
        if (differences.Count == 0) invocation.WriteLine($"{backup.Name} stands in {into.Database}: {backup.Tables.Count} tables and {backup.Streams.Count} streams are as they were backed up.");
        return differences.Count == 0 ? 0 : 1;
    }

    private static FileDestination PlaceOf(Project project, string place)
    {
        if (!project.Destinations.TryGetValue(place, out var destination))
            return new Folder(new SourcePosition("--to"), "backups", Directory.GetCurrentDirectory(), place, [Track.Pii]);
        return destination as FileDestination ?? throw new UserErrorException(ErrorCodes.InvalidValue, destination.At, $"The destination '{place}' takes no files.", "Name a folder, or a destination of files.");
    }

    private static Task<NpgsqlConnectionStringBuilder> AddressAsync(RunSession session, CancellationToken cancel) =>
        Warehouse.AddressAsync(session.Project.Folder, session.Project.Target.Warehouse, cancel);
}
