using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>Whether an export says what its kind of destination needs: a file's name, or a collection for each relation.</summary>
internal static class ExportShape
{
    public static void Check(Export export, Destination destination, IReadOnlyList<ExportRelation> relations, Problems problems)
    {
        if (destination is DocumentDestination documents) CheckCollections(export, documents, relations, problems);
        else CheckFile(export, destination, relations, problems);
    }

    /// <summary>Two exports that filled one collection would replace each other's documents.</summary>
    public static void RefuseSharedCollections(IReadOnlyList<(Export Export, Destination To)> exports, Problems problems)
    {
        var seen = new Dictionary<(string, string), string>();
        foreach (var (export, to) in exports.Where(pair => pair.To is DocumentDestination))
        {
            foreach (var collection in export.Collections!.Values) // a checked export has them
            {
                if (seen.TryAdd((to.Name, collection.Collection), export.Name)) continue;
                problems.Add(ErrorCodes.ExportInvalid, collection.At,
                    $"Exports '{seen[(to.Name, collection.Collection)]}' and '{export.Name}' fill the same collection '{collection.Collection}' at '{to.Name}'.", "Give each a collection of its own.");
            }
        }
    }

    private static void CheckFile(Export export, Destination destination, IReadOnlyList<ExportRelation> relations, Problems problems)
    {
        if (export.File.Length == 0)
            problems.Add(ErrorCodes.MissingKey, export.At, $"Export '{export.Name}' goes to '{destination.Name}', which takes files, and has no `file`.", FilePattern.Hint);
        if (export.Format == ExportFormat.Csv && relations.Count != 1)
            problems.Add(ErrorCodes.ExportInvalid, export.At, $"Export '{export.Name}' is one CSV file and names {relations.Count} relations.", "Name one relation, or write `format: zip`.");
        if (export.Collections is not null)
            problems.Add(ErrorCodes.ExportInvalid, export.At, $"Export '{export.Name}' goes to '{destination.Name}', which takes files; `collections` are for one that holds documents.");
    }

    private static void CheckCollections(Export export, DocumentDestination destination, IReadOnlyList<ExportRelation> relations, Problems problems)
    {
        var refused = new[] { (export.File.Length > 0, "file"), (export.Keep is not null, "keep"), (export.Latest, "latest"), (export.Csv is not null, "csv"), (export.OrderBy is not null, "order_by"), (export.Format != ExportFormat.Zip, "format"), (export.Parameters is not null, "parameters"), (export.Filter is not null, "filter"), (export.Replaces, "replaces") };
        foreach (var (_, key) in refused.Where(entry => entry.Item1))
            problems.Add(ErrorCodes.ExportInvalid, export.At, $"Export '{export.Name}' goes to '{destination.Name}', which holds documents; `{key}` is for files.", $"Take `{key}` out.");
        var collections = export.Collections ?? new Dictionary<string, CollectionConfig>();
        foreach (var relation in relations.Where(relation => !collections.ContainsKey(relation.Name)))
            problems.Add(ErrorCodes.MissingKey, export.At, $"Export '{export.Name}' does not say which collection '{relation.Name}' becomes at '{destination.Name}'.", $"Write it under `collections: {relation.Name}:` with `collection` and `key`.");
        foreach (var (name, collection) in collections)
        {
            if (relations.All(relation => relation.Name != name))
                problems.Add(ErrorCodes.UnknownName, collection.At, $"`collections` names '{name}', which export '{export.Name}' does not hold.", Nearest.Hint(name, [.. relations.Select(relation => relation.Name)]));
            if (destination.FindWrong(collection) is { } wrong)
                problems.Add(ErrorCodes.ExportInvalid, collection.At, $"Collection '{collection.Collection}' of export '{export.Name}' cannot be: {wrong}.");
        }
        foreach (var twice in collections.Values.GroupBy(collection => collection.Collection).Where(group => group.Count() > 1))
            problems.Add(ErrorCodes.ExportInvalid, twice.Last().At, $"Two relations of export '{export.Name}' become the same collection '{twice.Key}'.", "Give each a collection of its own.");
    }
}
