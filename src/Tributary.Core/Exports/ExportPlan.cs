using Tributary.Core.Graph;
using Tributary.Core.Privacy;

namespace Tributary.Core.Exports;

/// <summary>
/// All that one export needs: its configuration, where it goes, its relations in the order of the files, those of all exports of the
/// project (which one snapshot locks), the identifying columns for the leak check, and the relations whose twins leave.
/// </summary>
internal sealed record ExportPlan(
    Export Export,
    Destination Destination,
    IReadOnlyList<ExportRelation> Relations,
    IReadOnlyList<ExportRelation> Group,
    IReadOnlyList<IdentifyingColumn> Identifying,
    IReadOnlyList<ExportRelation> Bases)
{
    /// <summary>Whatever keeps the export from leaving when it has failed; see <see cref="Exports.Upstream"/>.</summary>
    public required Lazy<IReadOnlyList<Node>> Upstream { get; init; }

    /// <summary>The values that this delivery is made for.</summary>
    public required ExportParameters Parameters { get; init; }

    public CsvOptions Csv => Export.Csv ?? new CsvOptions();

    /// <summary>The file's path at the destination for this run.</summary>
    public string NameFor(RunContext context) => FilePattern.Render(Export.File, context.AsOf, new Dictionary<string, string>
    {
        ["track"] = TrackGuard.Word(Export.Track),
        ["export"] = Export.Name,
        ["project"] = context.Key.Project,
        ["target"] = context.Key.Target,
    }, Parameters.Values);

    /// <summary>The first relation whose state is not known to be ours, which makes the export stale; null when all are.</summary>
    public ExportRelation? Unknown(SuccessRecords successes) =>
        Relations.FirstOrDefault(relation => successes.Find(relation.NodeId) is not { IsOurs: true });

    /// <summary>Everything that goes into the file: configuration, name and what each relation was built from.</summary>
    public string Fingerprint(RunContext context)
    {
        using var fingerprint = new Fingerprint();
        fingerprint.Add("export", Export.Name).Add("track", TrackGuard.Word(Export.Track))
            .Add("destination", Destination.Name).Add("file", NameFor(context)).Add("csv", Csv.ToString());
        if (Export.Format != ExportFormat.Zip) fingerprint.Add("format", Export.Format.ToString());
        foreach (var (name, value) in Parameters.Values) fingerprint.Add("parameter", $"{name}={value}");
        foreach (var (column, name) in Export.Filter ?? new Dictionary<string, string>()) fingerprint.Add("filter", $"{column}={name}");
        if (Export.Latest) fingerprint.Add("latest", "yes");
        foreach (var (name, collection) in Export.Collections ?? new Dictionary<string, CollectionConfig>())
            fingerprint.Add("collection", $"{name}\n{collection.Words}\n{string.Join(',', (collection.Indexes ?? []).Select(index => index.RealName))}");
        foreach (var relation in Relations)
        {
            fingerprint.Add("relation", relation.Relation.ToString())
                .Add("order", string.Join('\n', Export.OrderOf(relation.Name)))
                .AddUpstream(relation.NodeId, context.Successes.Find(relation.NodeId)?.SuccessId ?? 0);
        }
        return fingerprint.Finish();
    }
}
