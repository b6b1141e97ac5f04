using System.Reflection;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>How an export reaches one class of destinations: <see cref="FileExport"/>, <see cref="DocumentExport"/>.</summary>
internal abstract class ExportWay(ExportPlan plan, RunContext context)
{
    private static readonly string Program =
        $"tributary {typeof(ExportWay).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}";

    /// <summary>Brings the tables there, whole, and says what stands; the note is for people.</summary>
    public abstract Task<(Delivery Delivery, string Note)> DeliverAsync(NpgsqlConnection connection, IReadOnlyList<ExportTable> tables, CancellationToken cancel);

    /// <summary>What is left to do once the delivery stands in the ledger; returns what somebody should know.</summary>
    public virtual Task<UserError?> AfterAsync(CancellationToken cancel) => Task.FromResult<UserError?>(null);

    protected Manifest ToManifest(IReadOnlyList<ManifestFile> files) => new(
        1, Program, context.Key.Project, context.Key.Target, plan.Export.Name, TrackGuard.Word(plan.Export.Track), context.AsOf, context.Commit, files,
        plan.Parameters.Values.Count == 0 ? null : plan.Parameters.Values);

    protected Delivery ToDelivery(string name, Manifest manifest, long bytes, string sha256) => new(
        context.RunId, plan.Export.Name, TrackGuard.Word(plan.Export.Track), plan.Destination.Name, name, bytes, sha256,
        manifest.Rows(), plan.Fingerprint(context), manifest, context.AsOf, context.Clock.GetUtcNow());
}
