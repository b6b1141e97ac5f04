using System.CommandLine;

namespace Tributary.Cli.Commands;

/// <summary>Every verb, one file each.</summary>
internal static class Verbs
{
    public static IEnumerable<Command> All() =>
    [
        InitCommand.Create(),
        CheckCommand.Create(),
        SyncCommand.Create(),
        BuildCommand.Create(),
        ExportCommand.Create(),
        PlanCommand.Create(),
        LsCommand.Create(),
        .. DbtRunCommands.All(),
        ShowCommand.Create(),
        ShowCommand.CreateCompile(),
        StatusCommand.Create(),
        HistoryCommand.Create(),
        RejectsCommand.Create(),
        RewindCommand.Create(),
        .. ExportsCommand.All(),
        LineageCommand.Create(),
        AuditCommand.Create(),
        SchemaCommand.Create(),
        DbCommand.Create(),
    ];
}
