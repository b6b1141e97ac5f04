using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Graph.Selecting;
using Tributary.Core.Ingest;
using Tributary.Core.Jobs;
using Tributary.Core.Metrics;
using Tributary.Core.Models;
using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>A whole project, loaded and checked without touching any system: its files, its target and the graph of all its nodes.</summary>
public sealed class Project
{
    private readonly ProjectFiles files;
    private readonly ProjectParts parts;
    private SelectionGraph? selection;
    private NamedSelectors? selectors;

    private Project(string folder, ProjectFiles files, TargetChoice target, ProjectParts parts)
    {
        Folder = folder;
        HasControl = target.Profile is null;
        Target = target;
        this.files = files;
        this.parts = parts;
        Graph = NodeGraph.Build(parts.Nodes);
    }

    /// <summary>Absolute.</summary>
    public string Folder { get; }

    public TargetChoice Target { get; }

    /// <summary>False for a plain dbt project: its warehouse gets no control schema, and nothing is ever fresh.</summary>
    public bool HasControl { get; }

    public TributaryFile File => files.File;

    public ProjectKey Key => new(File.Name, Target.Name);

    public NodeGraph Graph { get; }

    /// <summary>The graph with what never runs by itself: what selections choose from.</summary>
    public SelectionGraph Selection => selection ??= SelectionGraph.Of(Graph, Models?.Selectables ?? []);

    /// <summary>The ids that a request chooses, those of sources and others that never run among them.</summary>
    public HashSet<string> Choose(SelectionRequest request) => Selector.Choose(Selection, request with
    {
        Folder = Folder,
        RootPackage = Models?.RootPackage ?? File.Name,
        Earlier = () => request.StateFolder is { } folder ? Models?.ReadEarlier(folder) : null,
        Selectors = () => selectors ??= Models?.ReadSelectors() ?? NamedSelectors.None,
    });

    /// <summary>What stops nothing and deserves a look.</summary>
    public IReadOnlyList<UserError> Warnings => parts.Warnings;

    /// <summary>Declared columns that nobody classed, and so do not leave on the anonymous track.</summary>
    public IReadOnlyList<HeldBack> HeldBack => parts.Generated?.Twins.HeldBack ?? [];

    /// <summary>The key of the digests; null when nothing is made anonymous.</summary>
    public PrivacyKey? PrivacyKey => parts.Key;

    /// <summary>The dbt part; null when the folder holds none.</summary>
    public ModelProject? Models => parts.Models;

    public MetricCatalog? Metrics => parts.Generated?.Metrics;

    public IReadOnlyList<SourceStream> Streams => [.. RawTables.Streams(files)];

    public IReadOnlyDictionary<string, Job> Jobs => files.Jobs;

    /// <summary>Which settings there are.</summary>
    public SettingsFile Settings => files.Settings;

    public IReadOnlyDictionary<string, Destination> Destinations => files.Destinations;

    /// <summary>Reads and checks everything; throws one <see cref="UserErrorException"/> with all problems found.</summary>
    public static async Task<Project> LoadAsync(ProjectRequest request, CancellationToken cancel)
    {
        var whole = request with { Folder = Path.GetFullPath(request.Folder) };
        if (PlainProject.Is(whole.Folder))
        {
            var (plain, choice, warnings) = PlainProject.Read(whole);
            whole.TargetKnown?.Invoke(choice);
            var parts = await ProjectParts.MakeAsync(plain, choice, whole, cancel);
            return new Project(whole.Folder, plain, choice, parts with { Warnings = [.. warnings, .. parts.Warnings] });
        }
        var files = ProjectFiles.Read(whole);
        var target = TargetChoice.Of(files.File, whole.Target);
        return new Project(whole.Folder, files, target, await ProjectParts.MakeAsync(files, target, whole, cancel));
    }

    /// <summary>The warehouse has learned of forms since the project was read, so that it would be another one now.</summary>
    public async Task<bool> HasNewFormsAsync(RunContext context, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        return parts.Forms is { } forms && await forms.HasNewAsync(context.Database, context.Clock.GetUtcNow(), cancel);
    }

    /// <summary>The git commit of the project's files; see <see cref="RunContext.Commit"/>.</summary>
    public Task<string?> ReadCommitAsync(CancellationToken cancel) => GitCommit.ReadAsync(Folder, cancel);

    /// <summary>
    /// What only the warehouse can tell: metrics against the columns that are really there, and columns of twinned models that nobody
    /// declared. Problems are thrown together; what is held back is returned.
    /// </summary>
    public async Task<IReadOnlyList<HeldBack>> CheckConnectedAsync(RunContext context, CancellationToken cancel)
    {
        if (parts.Models is not { } models) return [];
        if (await models.CheckAsync(context, Graph.Nodes.Select(node => node.Id), cancel) is { Count: > 0 } refused) throw new UserErrorException(refused);
        return HasControl && parts.Generated is { } generated ? await new ConnectedCheck(context, generated, models).RunAsync(cancel) : [];
    }

    /// <summary>Asks every stream, and every destination that this target may use, whether they can be used as the project means to.</summary>
    public Task<IReadOnlyList<ReachedSystem>> CheckLiveAsync(RunContext context, CancellationToken cancel)
    {
        var target = new ExportTarget(Target.Name, Target.IsProduction, Target.Destinations);
        return LiveCheck.RunAsync(context, Graph, Destinations.Values.Where(target.MayUse), cancel);
    }
}
