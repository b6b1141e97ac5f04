using Tributary.Core.Models.Packages.Fetching;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages;

/// <summary>One package and everybody who wants it, until it is decided which one it is.</summary>
internal sealed class WantedPackage(PackageSpec first, string by)
{
    private readonly List<(PackageSpec Spec, string By)> wishes = [(first, by)];

    /// <summary>False when the very same was wished before.</summary>
    public bool Add(PackageSpec spec, string wisher)
    {
        if (wishes[0].Spec.GetType() != spec.GetType())
            throw Conflict($"'{spec.Key}' is wanted in two ways", $"{Who(wishes[0])}; {Who((spec, wisher))}");
        if (wishes.Exists(wish => wish.Spec.Wish == spec.Wish)) return false;
        wishes.Add((spec, wisher));
        return true;
    }

    public async Task<PinnedPackage> DecideAsync(PackageHub hub, bool checksVersion, CancellationToken cancel) => wishes[0].Spec switch
    {
        HubSpec package => Choose(package, await hub.VersionsAsync(package.Name, cancel), checksVersion),
        GitSpec git => Choose(git),
        TarballSpec tarball => new PinnedTarball(tarball.Url, tarball.Name),
        LocalSpec local => new PinnedLocal(local.Path),
        var other => throw new InvalidOperationException($"Nobody knows what {other.Key} is."),
    };

    /// <summary>The newest version that all agree on; a version before a release only where one is asked for.</summary>
    private PinnedHub Choose(HubSpec package, IReadOnlyList<HubVersion> versions, bool checksVersion)
    {
        var specs = wishes.Select(wish => (HubSpec)wish.Spec).ToList();
        var mayBePrerelease = specs.Exists(spec => spec.Prereleases || spec.Range.NamesPrerelease);
        var good = versions.Where(version => mayBePrerelease || !version.Number.IsPrerelease).ToList();
        var usable = good.Where(version => !checksVersion || version.Dbt?.Admits(DbtRelease.Number) != false).ToList();
        if (usable.FindLast(version => specs.TrueForAll(spec => spec.Range.Admits(version.Number))) is { } chosen)
            return new PinnedHub(package.Name, chosen.Version, usable[^1].Version);
        if (good.Find(version => specs.TrueForAll(spec => spec.Range.Admits(version.Number))) is { } tooNew)
            throw Conflict($"no version of {package.Name} that is wanted works with dbt {DbtRelease.Version}", $"{tooNew.Version} wants dbt {tooNew.Dbt}", "Widen the range, or pass --no-version-check.");
        throw Conflict($"no version of {package.Name} is what everybody wants", $"{string.Join("; ", wishes.Select(Who))}. There are {Latest(good)}");
    }

    private PinnedGit Choose(GitSpec git)
    {
        var specs = wishes.Select(wish => (GitSpec)wish.Spec).ToList();
        var revisions = specs.Where(spec => spec.Revision is not null).Select(spec => PythonText.Of(spec.Revision)).Distinct().ToList();
        if (revisions.Count > 1) throw Conflict($"{Address.WithoutSecrets(git.Url)} can be had at one revision only", string.Join("; ", wishes.Select(Who)));
        return new PinnedGit(git.Url, revisions.FirstOrDefault(), git.Subdirectory, specs.TrueForAll(spec => spec.WarnUnpinned != false));
    }

    private static string Latest(List<HubVersion> versions)
    {
        const int shown = 8;
        var last = versions.Skip(Math.Max(0, versions.Count - shown)).Select(version => version.Version);
        return versions.Count == 0 ? "none" : $"{(versions.Count > shown ? "… " : "")}{string.Join(", ", last)}";
    }

    private static string Who((PackageSpec Spec, string By) wish) => $"{wish.By} wants {wish.Spec.Wish}";

    private UserErrorException Conflict(string what, string why, string hint = "Change a range in packages.yml, or use other versions of the packages that want it.") =>
        new(ErrorCodes.PackageConflict, wishes[0].Spec.At, $"{what}: {why}", hint);
}
