using System.CommandLine;

namespace Tributary.Cli.Commands;

/// <summary>Every verb, one file each. Only those that a command line names are made: the others would cost each start their time.</summary>
internal static class Verbs
{
    private static readonly (string Name, Func<Command> Make)[] Known =
    [
        ("init", InitCommand.Create),
        ("check", CheckCommand.Create),
        ("sync", SyncCommand.Create),
        ("build", BuildCommand.Create),
        ("export", ExportCommand.Create),
        ("plan", PlanCommand.Create),
        ("ls", LsCommand.Create),
        ("parse", ParseCommand.Create),
        ("clean", CleanCommand.Create),
        ("docs", DocsCommand.Create),
        ("retry", RetryCommand.Create),
        ("run", DbtRunCommands.Run),
        ("test", DbtRunCommands.Test),
        ("seed", DbtRunCommands.Seed),
        ("snapshot", DbtRunCommands.Snapshot),
        ("source", SourceCommand.Create),
        ("run-operation", RunOperationCommand.Create),
        ("show", ShowCommand.Create),
        ("compile", CompileCommand.Create),
        ("deps", DepsCommand.Create),
        ("status", StatusCommand.Create),
        ("history", HistoryCommand.Create),
        ("rejects", RejectsCommand.Create),
        ("rewind", RewindCommand.Create),
        ("backfill", BackfillCommand.Create),
        ("periods", BackfillCommand.CreateList),
        ("drops", DropsCommand.Create),
        ("erase", EraseCommand.Create),
        ("pg-cron", PgCronCommand.Create),
        ("verify", VerifyCommand.Create),
        ("infer", InferCommand.Create),
        ("exports", ExportsCommand.Create),
        ("deliveries", DeliveriesCommand.Create),
        ("lineage", LineageCommand.Create),
        ("audit", AuditCommand.Create),
        ("access", AccessCommand.Create),
        ("schema", SchemaCommand.Create),
        ("db", DbCommand.Create),
        ("fhir", FhirCommand.Create),
        ("serve", ServeCommand.Create),
        ("worker", WorkerCommand.Create),
        ("job", JobCommand.Create),
        ("settings", SettingsCommand.Create),
    ];

    /// <summary>A command's other name, under which it must be found too.</summary>
    private static readonly (string Alias, string Name)[] Aliases = [("list", "ls")];

    /// <summary>The verbs whose names stand among the words of the call (one of them may be an option's value); all when none does.</summary>
    public static IEnumerable<Command> For(IReadOnlyList<string> arguments)
    {
        var named = Array.FindAll(Known, verb => Stands(verb.Name, arguments));
        foreach (var (_, make) in named.Length == 0 ? Known : named) yield return make();
    }

    private static bool Stands(string name, IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument == name) return true;
        }
        return Array.Exists(Aliases, alias => alias.Name == name && Stands(alias.Alias, arguments));
    }
}
