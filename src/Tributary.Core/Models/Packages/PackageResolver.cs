using Tributary.Core.Models.Packages.Fetching;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages;

/// <summary>
/// Decides which packages a project gets: what it wants, what those want, and so on, each the newest that everybody agrees on. Like
/// dbt it never goes back on a package: what a version wanted that was dropped later still counts.
/// </summary>
internal sealed class PackageResolver(PackageStore store, string projectName, bool checksVersion)
{
    private readonly OrderedDictionary<string, WantedPackage> wanted = new(StringComparer.Ordinal);

    /// <summary>Exact packages in the order in which they were first wanted.</summary>
    public async Task<IReadOnlyList<FetchedPackage>> ResolveAsync(PackagesFile file, CancellationToken cancel)
    {
        var pending = new Queue<(PackageSpec Spec, string By)>(file.Packages.Select(spec => (spec, file.Path)));
        while (pending.TryDequeue(out var next))
        {
            if (!Take(next.Spec, next.By)) continue;
            var found = await store.DescribeAsync(await wanted[next.Spec.Key].DecideAsync(store.Hub, checksVersion, cancel), cancel);
            foreach (var spec in found.Wanted) pending.Enqueue((spec, found.Name));
        }
        var decided = new List<FetchedPackage>();
        foreach (var package in wanted.Values) decided.Add(await store.DescribeAsync(await package.DecideAsync(store.Hub, checksVersion, cancel), cancel));
        RefuseTwins(decided);
        return decided;
    }

    private bool Take(PackageSpec spec, string by)
    {
        if (wanted.TryGetValue(spec.Key, out var known)) return known.Add(spec, by);
        wanted[spec.Key] = new WantedPackage(spec, by);
        return true;
    }

    /// <summary>A package's name is the first part of every name in it, so it must be its own.</summary>
    private void RefuseTwins(List<FetchedPackage> decided)
    {
        foreach (var twins in decided.GroupBy(package => package.Name).Where(group => group.Count() > 1 || group.Key == projectName))
        {
            var from = string.Join(" and ", twins.Select(package => Address.WithoutSecrets(package.Package.Shown)));
            throw new UserErrorException(ErrorCodes.DuplicateName, null,
                twins.Key == projectName ? $"the package '{twins.Key}' ({from}) has the project's own name" : $"two packages have the name '{twins.Key}': {from}",
                "Packages need names of their own; remove or rename one.");
        }
    }
}
