namespace Tributary.Synthetic.Cht;

/// <summary>Writes the databases of a community health deployment, a file of NDJSON each.</summary>
public static class ChtDatabases
{
    /// <summary>What a server holds: one file of this name with <c>.ndjson</c> behind it.</summary>
    public static IReadOnlyList<string> Names { get; } = ["medic", "medic-sentinel", "medic-users-meta", "_users", "medic-logs"];

    public static void Write(DirectoryInfo folder, SyntheticOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        folder.Create();
        var world = new ChtWorld(options.Seed, ChtSize.Of(options.Scale));
        using var medic = new DocumentFile(folder, Names[0], options.Seed);
        using var sentinel = new DocumentFile(folder, Names[1], options.Seed);
        using var meta = new DocumentFile(folder, Names[2], options.Seed);
        using var users = new DocumentFile(folder, Names[3], options.Seed);
        using var logs = new DocumentFile(folder, Names[4], options.Seed);
        ChtSettings.Write(medic);
        new ChtContacts(world, medic, sentinel).Write();
        var reports = new ChtReports(world, medic);
        reports.Write();
        new SmsReports(world, medic).Write();
        var activity = new ChtActivity(world);
        activity.WriteTasks(medic, reports.Ids);
        activity.WriteTargets(medic);
        activity.WriteUsers(medic, users);
        activity.WriteTelemetry(meta);
        activity.WriteLogs(logs);
        var others = medic.Documents + sentinel.Documents + meta.Documents + users.Documents + logs.Documents;
        activity.WriteInfos(sentinel, reports.Ids, Math.Max(0, world.Size.Documents - others));
    }
}
