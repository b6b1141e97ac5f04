using Tributary.Core.Ingest.Datasets;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Drops;

/// <summary>Which files of a drop belong to a dataset: by the last part of the name without <c>.gz</c>, or by the whole name where the pattern has folders.</summary>
internal sealed class DatasetFiles(Dataset dataset, string stream)
{
    private readonly (string Pattern, Glob Glob)[] patterns =
        [.. (dataset.Files ?? [$"{stream}.csv"]).Select(pattern => (pattern, new Glob(pattern.ToLowerInvariant())))];

    public bool Owns(DropFile file) => Array.Exists(patterns, pattern => Matches(pattern, file));

    /// <summary>The patterns that no file of the drop matches.</summary>
    public IEnumerable<string> Lacking(Drop drop) =>
        patterns.Where(pattern => !drop.Files.Any(file => Matches(pattern, file))).Select(pattern => pattern.Pattern);

    private static bool Matches((string Pattern, Glob Glob) pattern, DropFile file)
    {
        var name = pattern.Pattern.Contains('/') ? file.Name : file.PlainName;
        return pattern.Glob.IsMatch(name.ToLowerInvariant());
    }
}
