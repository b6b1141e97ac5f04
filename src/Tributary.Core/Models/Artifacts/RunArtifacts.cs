using Microsoft.Extensions.Logging;
using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Running;

namespace Tributary.Core.Models.Artifacts;

/// <summary>
/// What an invocation leaves in <c>target/</c> for people and tools: <c>manifest.json</c>, <c>run_results.json</c>, and each
/// node's SQL as compiled and as sent. The manifest is put together while the nodes run.
/// </summary>
public sealed class RunArtifacts
{
    /// <summary>Nodes whose files one thread of the pool writes.</summary>
    private const int FilesAtOnce = 200;

    private readonly ParsedProject project;
    private readonly ArtifactHeader header;
    private readonly ILogger logger;
    private readonly Task<ManifestDraft> manifest;
    private RunJournal? journal;

    internal RunArtifacts(ParsedProject project, ArtifactHeader header, ILogger logger)
    {
        this.project = project;
        this.header = header;
        this.logger = logger;
        manifest = Task.Run(() => ManifestDraft.Of(project, header));
    }

    /// <summary>Before the first node: what is to be done, so that a run that dies can be gone on with.</summary>
    public void Begin(IEnumerable<string> ids)
    {
        try
        {
            journal = RunJournal.Begin(project.TargetFolder, Arguments(), ids.Where(id => project.Find(id) is not null));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The artifacts will meet the same and say so.
        }
    }

    /// <summary>A node is done; from any worker.</summary>
    public void Done(string id) => journal?.Done(id);

    /// <summary>Writes everything; called when the last node has ended.</summary>
    public Task FinishAsync(IEnumerable<NodeResult> results, TimeSpan elapsed) => GuardedAsync(async () =>
    {
        var own = results.Where(result => project.Find(result.Node.Id) is { IsEphemeral: false, MacroTest: null }).ToList();
        var code = own.ToDictionary(result => result.Node.Id, result => result.CompiledCode);
        var files = new CompiledFiles(project);
        await Task.WhenAll(
            [
                .. own.Chunk(FilesAtOnce).Select(part => Task.Run(() => WriteSql(part, files))),
                new RunResultsFile(project, header).WriteAsync(own, elapsed, Arguments()),
                (await manifest).WriteAsync(code.GetValueOrDefault, files),
            ]);
        journal?.Delete();
    });

    /// <summary>Writes the manifest alone: nothing was compiled or run.</summary>
    public Task WriteManifestAsync() => GuardedAsync(async () => await (await manifest).WriteAsync(static _ => null, new CompiledFiles(project)));

    /// <summary>The command line in dbt's words, with what <c>retry</c> needs of it.</summary>
    private Dictionary<string, object?> Arguments() => new(project.Settings.PlainCall.Arguments, StringComparer.Ordinal)
    {
        ["which"] = project.Settings.PlainVerb,
        ["target"] = project.Settings.Target.Name,
        ["vars"] = project.Settings.Vars,
        ["project_dir"] = project.Files.Folder,
    };

    /// <summary>What cannot be written is a warning: the work is done.</summary>
    private async Task GuardedAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ModelLog.Warning(logger, project.TargetFolder, $"the artifacts could not be written: {error.Message}");
        }
    }

    private static void WriteSql(NodeResult[] results, CompiledFiles files)
    {
        foreach (var result in results)
        {
            if (result.CompiledCode is { } compiled && result.Node is WarehouseNode node) files.Write(files.Shown(node.Parsed), compiled);
            if (result.Trace.SentCode is { } sent && result.Node is WarehouseNode sender) files.Write(files.Sent(sender.Parsed), sent);
        }
    }
}
