using Tributary.Core.Models.Files;
using Tributary.Core.Models.Packages.Fetching;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Packages;

/// <summary><c>deps</c>: decides which packages the project gets, keeps the decision in the lock file and puts the packages in place.</summary>
public sealed class PackageDeps : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string folder;
    private readonly ModelSettings settings;
    private readonly YamlTemplates strings;
    private readonly Problems problems = new();
    private readonly HttpClient client = new() { Timeout = Patience };
    private readonly WebFetch web;

    public PackageDeps(string folder, ModelSettings settings, TimeProvider clock)
    {
        this.folder = Path.GetFullPath(folder);
        this.settings = settings;
        strings = new YamlTemplates(settings, problems);
        web = new WebFetch(client, clock);
    }

    /// <summary>
    /// <paramref name="upgrade"/>: decide anew though the lock holds. <paramref name="lockOnly"/>: fetch nothing that the decision
    /// does not need. Packages are made beside the ones that lie there, and take their place when all are whole.
    /// </summary>
    public async Task<PackageReport> RunAsync(bool upgrade, bool lockOnly, CancellationToken cancel)
    {
        var project = ReadProject();
        var wishes = PackagesFile.Read(folder, "", strings, problems);
        var locked = PackageLock.Read(folder, strings, problems);
        problems.ThrowIfAny();
        if (wishes.Packages.Count == 0) return new PackageReport([], problems.Warnings);

        var installed = Path.GetFullPath(project.PackagesInstallPath, folder);
        using var store = new PackageStore(folder, installed + ".fetching", new PackageHub(PackageHub.AddressOf(settings.Environment("DBT_PACKAGE_HUB_URL")), web), web, strings);
        var holds = !upgrade && locked?.Digest == PackageLock.DigestOf(wishes.Packages);
        var packages = holds ? await FromLockAsync(locked!, store, cancel) : await DecideAsync(project, wishes, store, cancel);
        if (!lockOnly) await InstallAsync(packages, store, installed, cancel);
        foreach (var note in store.Hub.Notes.Distinct()) problems.Warn(ErrorCodes.PackageMissing, null, note);
        return new PackageReport([.. packages.Select(Line)], problems.Warnings);
    }

    /// <summary>The folder's project, whose name and install path count; nothing else of it is checked here.</summary>
    private DbtProject ReadProject()
    {
        var root = YamlFile.Read(Path.Combine(folder, "dbt_project.yml"), "dbt_project.yml", new Problems());
        return DbtProjectReader.Read(root, folder, "dbt_project.yml", new YamlValues(strings.OfProjectFile(), problems));
    }

    private static InstalledPackage Line(FetchedPackage package) => package.Package switch
    {
        PinnedHub hub => new InstalledPackage(package.Name, hub.Shown, hub.Latest == hub.Version ? null : hub.Latest),
        PinnedTarball or PinnedGit => new InstalledPackage(package.Name, Address.WithoutSecrets(package.Package.Shown), null),
        var other => new InstalledPackage(package.Name, other.Shown, null),
    };

    private async Task<IReadOnlyList<FetchedPackage>> DecideAsync(DbtProject project, PackagesFile wishes, PackageStore store, CancellationToken cancel)
    {
        var packages = await new PackageResolver(store, project.Name, settings.ChecksVersion).ResolveAsync(wishes, cancel);
        foreach (var (spec, git) in wishes.Packages.OfType<GitSpec>().Select(spec => (spec, spec.Revision is null ? "its default branch" : $"the branch '{PythonText.Of(spec.Revision)}'")))
        {
            if (spec.WarnUnpinned != false && (spec.Revision is null || PythonText.Of(spec.Revision) is "main" or "master" or "HEAD"))
                problems.Warn(ErrorCodes.PackageConflict, spec.At, $"{Address.WithoutSecrets(spec.Url)} is bound to {git}, which may change without notice", "Write the tag or commit that you want as its revision.");
        }
        await PackageLock.WriteAsync(folder, wishes.Packages, packages.Select(package => (package.Name, package.Package)), cancel);
        return packages;
    }

    private static async Task<IReadOnlyList<FetchedPackage>> FromLockAsync(PackageLock locked, PackageStore store, CancellationToken cancel)
    {
        var packages = new List<FetchedPackage>();
        foreach (var spec in locked.Packages)
        {
            PinnedPackage pinned = spec switch
            {
                HubSpec hub when PythonText.Of(hub.Version) is var version => new PinnedHub(hub.Name, version, version),
                var other => await new WantedPackage(other, PackageLock.FileName).DecideAsync(store.Hub, checksVersion: false, cancel),
            };
            packages.Add(await store.DescribeAsync(pinned, cancel));
        }
        return packages;
    }

    private static async Task InstallAsync(IReadOnlyList<FetchedPackage> packages, PackageStore store, string installed, CancellationToken cancel)
    {
        var beside = installed + ".installing";
        if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        Directory.CreateDirectory(beside);
        foreach (var package in packages) await store.PlaceAsync(package.Package, Path.Combine(beside, package.Name), cancel);
        if (Directory.Exists(installed)) Directory.Delete(installed, recursive: true);
        Directory.Move(beside, installed);
    }

    public void Dispose() => client.Dispose();
}
