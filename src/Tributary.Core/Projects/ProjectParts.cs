using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Models;
using Tributary.Core.Models.Files;
using Tributary.Core.Postgres;
using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>The nodes that a project's files become: loads, models with those that the engine writes, exports.</summary>
internal sealed record ProjectParts(IReadOnlyList<Node> Nodes, IReadOnlyList<UserError> Warnings, PrivacyKey? Key, GeneratedParts? Generated, ModelProject? Models)
{
    /// <summary>Where the project learned of its forms; null when it has none.</summary>
    public FormFiles? Forms { get; init; }

    public static async Task<ProjectParts> MakeAsync(ProjectFiles files, TargetChoice target, ProjectRequest request, CancellationToken cancel)
    {
        var problems = new Problems();
        var key = await KeyAsync(files.File, target, request.Folder, cancel);
        var loads = files.Sources.Values.SelectMany(source => source.ListStreams()).Select(stream => IngestNode.Of(stream, files.File.Name)).ToList();
        RawTables.CheckShared(files, problems);
        RawTables.CheckOrder(files, problems);
        problems.ThrowIfAny();
        if (!ModelFiles.Exists(request.Folder)) return new ProjectParts(loads, [], key, null, null);

        var dbt = ModelFiles.Read(request.Folder, Settings(files, target, request));
        RawTables.Check(files, dbt, problems);
        var generated = new GeneratedParts(files, dbt, request.Folder, problems);
        generated.AddQuestionnaires();
        var forms = new FormFiles(files, target, request);
        generated.AddForms(await forms.ReadAsync(cancel));
        generated.AddViews();
        generated.AddMetrics();
        generated.AddTwins(key);
        problems.ThrowIfAny();

        var models = ModelProject.Load(dbt, generated.Models);
        var exports = ExportNodes.Create(ExportRelations.Catalog(files, models, generated) with { Nodes = [.. loads, .. models.Nodes], Vars = request.Vars }, new ExportTarget(target.Name, target.IsProduction, target.Destinations), files.File.Name, problems);
        problems.ThrowIfAny();
        return new ProjectParts([.. loads, .. models.Nodes, .. exports], [.. dbt.Warnings, .. models.Warnings, .. generated.Warnings], key, generated, models) { Forms = forms };
    }

    /// <summary>The key of the digests: configured, or with the private cluster made once and kept beside it.</summary>
    private static async Task<PrivacyKey?> KeyAsync(TributaryFile file, TargetChoice target, string folder, CancellationToken cancel)
    {
        if (file.Privacy is not { Anonymous.Count: > 0 } privacy) return null;
        if (privacy.Key is { } configured) return PrivacyKey.From(configured, privacy.At);
        if (target.Warehouse is not null)
            throw new UserErrorException(ErrorCodes.MissingKey, privacy.At, "privacy: there is no `key`, and the warehouse is not the private cluster's.",
                "Write `key: ${NAME}` and put 32 characters or more into that environment variable: `openssl rand -hex 32` makes them.");
        return PrivacyKey.From(await PrivacyKeyFile.ReadOrMakeAsync(PrivateCluster.PrivacyKeyPath(folder), cancel), privacy.At);
    }

    private static ModelSettings Settings(ProjectFiles files, TargetChoice target, ProjectRequest request) =>
        new(new ProfileTarget(target.Name, target.Warehouse?.Database ?? "tributary", target.Schema)
        {
            SchemaPrefix = target.SchemaPrefix,
            ProfileName = target.Profile ?? files.File.Name,
            Host = target.Warehouse?.Host ?? "localhost",
            Port = target.Warehouse?.Port ?? 5432,
            User = target.Warehouse?.User ?? "tributary",
            Threads = files.File.Threads,
            Settings = target.Warehouse?.Session?.ToTarget() ?? EmptyMap.Instance,
        })
        {
            Vars = request.Vars,
            OtherFiles = [.. files.Catalogs],
            SettingSamples = files.Settings.Settings.ToDictionary(entry => entry.Key, entry => (object?)entry.Value.Sample),
            SettingDefaults = files.Settings.Settings.Where(entry => entry.Value.DefaultValue is not null).ToDictionary(entry => entry.Key, entry => entry.Value.DefaultValue),
            Project = files.File.Name,
            Zone = files.File.Zone,
            StreamTables = RawTables.Followed(files),
            Verb = request.Verb,
            Call = new CallFacts { Arguments = request.Arguments, StartedAt = request.StartedAt, Metadata = Metadata(request.Environment) },
            TargetPath = request.TargetPath,
            Empty = request.Empty,
            StoreFailures = request.StoreFailures,
            WarnError = request.WarnError,
            Environment = request.Environment.Find,
            ChecksVersion = request.ChecksVersion,
            CacheFolder = request.CachesParse ? Path.Combine(request.Folder, ".tributary", "cache") : null,
        };

    /// <summary>What operators say of a run: <c>DBT_ENV_CUSTOM_ENV_TEAM=…</c> is <c>TEAM</c>.</summary>
    private static Dictionary<string, object?> Metadata(EnvironmentVariables environment)
    {
        const string Prefix = "DBT_ENV_CUSTOM_ENV_";
        return environment.Names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(name => name[Prefix.Length..], name => (object?)environment.Find(name));
    }
}
