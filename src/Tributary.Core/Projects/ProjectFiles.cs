using Tributary.Core.Exports;
using Tributary.Core.Ingest;
using Tributary.Core.Jobs;
using Tributary.Core.Metrics;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Projects;

/// <summary>The files of our own that a project consists of, read and bound; dbt's files are read by the models layer.</summary>
internal sealed record ProjectFiles(
    TributaryFile File,
    IReadOnlyDictionary<string, Source> Sources,
    IReadOnlyDictionary<string, Destination> Destinations,
    IReadOnlyDictionary<string, Export> Exports,
    IReadOnlyDictionary<string, MetricFile> Metrics)
{
    public const string FileName = "tributary.yml";

    /// <summary>A catalogue that lies beside the models, as analysts know it; relative paths.</summary>
    public IReadOnlyList<string> Catalogs { get; init; } = [];

    public IReadOnlyDictionary<string, Job> Jobs { get; init; } = new Dictionary<string, Job>();

    public SettingsFile Settings { get; init; } = SettingsFile.Empty;

    /// <summary>Reads every file before it complains, so that the user sees all problems at once.</summary>
    public static ProjectFiles Read(ProjectRequest request)
    {
        var path = Path.Combine(request.Folder, FileName);
        if (!System.IO.File.Exists(path))
            throw new UserErrorException(ErrorCodes.FileMissing, new SourcePosition(FileName), $"There is no {FileName} (and no dbt_project.yml) in {request.Folder}.",
                "Give the project's folder with --project DIR, or make one with `tributary init DIR`.");
        var problems = new Problems();
        var definitions = new Definitions(request.Folder, new Binder(request.Environment, request.Kinds), problems);
        var file = definitions.ReadFile<TributaryFile>(path, FileName, "tributary");
        var sources = definitions.Read<Source>("sources");
        var destinations = definitions.Read<Destination>("destinations");
        var exports = definitions.Read<Export>("exports");
        var catalogs = definitions.FindBelow("models", "_metrics_catalog.yml", "_metrics_catalog.yaml");
        var metrics = definitions.Read<MetricFile>("metrics").Concat(definitions.Read<MetricFile>(catalogs)).ToDictionary();
        CheckHooks(file?.Serve, sources, problems);
        var jobs = definitions.Read<Job>("jobs");
        var settings = ReadSettings(request.Folder, definitions);
        if (problems.Count == 0) new JobCheck(jobs, settings, problems).Run(sources, exports, file?.Serve);
        problems.ThrowIfAny();
        return new ProjectFiles(file ?? throw new InvalidOperationException("No file and no problem."), sources, destinations, exports, metrics) { Catalogs = catalogs, Jobs = jobs, Settings = settings };
    }

    private static SettingsFile ReadSettings(string folder, Definitions definitions)
    {
        var path = Path.Combine(folder, SettingsFile.Name);
        return System.IO.File.Exists(path) ? definitions.ReadFile<SettingsFile>(path, SettingsFile.Name, "settings") ?? SettingsFile.Empty : SettingsFile.Empty;
    }

    private static void CheckHooks(ServeConfig? serve, IReadOnlyDictionary<string, Source> sources, Problems problems)
    {
        foreach (var (name, hook) in serve?.Hooks ?? new Dictionary<string, HookConfig>())
        {
            foreach (var unknown in (hook.Sources ?? []).Where(source => !sources.ContainsKey(source)))
                problems.Add(ErrorCodes.UnknownName, hook.At, $"The hook '{name}' speaks of the source '{unknown}', which does not exist.", Nearest.Hint(unknown, [.. sources.Keys]));
        }
    }
}
