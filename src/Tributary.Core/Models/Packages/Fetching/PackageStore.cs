using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Packages.Fetching;

/// <summary>
/// Fetches packages into a working folder, each once: what a package is called and wants itself, and its files. The folder is
/// deleted at the end.
/// </summary>
internal sealed class PackageStore(string root, string work, PackageHub hub, WebFetch web, YamlTemplates strings) : IDisposable
{
    private readonly Dictionary<PinnedPackage, FetchedPackage> fetched = [];

    public PackageHub Hub => hub;

    /// <summary>What is known of a package without its files, where the hub tells it; repositories and archives are fetched.</summary>
    public async Task<FetchedPackage> DescribeAsync(PinnedPackage package, CancellationToken cancel)
    {
        if (fetched.TryGetValue(package, out var known)) return known;
        var found = package switch
        {
            PinnedHub wanted => Describe(wanted, await VersionAsync(wanted, cancel)),
            PinnedGit git => await CheckOutAsync(git, cancel),
            PinnedTarball tarball => Describe(tarball, await UnpackAsync(new Uri(tarball.Url), tarball.Shown, cancel), tarball.Name),
            PinnedLocal local => Describe(local, LocalFolder(local), null),
            _ => throw new InvalidOperationException($"Nobody knows how to fetch {package.Shown}."),
        };
        fetched[package] = found;
        fetched[found.Package] = found;
        return found;
    }

    /// <summary>Puts the package's files into <paramref name="target"/>, which does not exist yet; a local folder is linked.</summary>
    public async Task PlaceAsync(PinnedPackage package, string target, CancellationToken cancel)
    {
        var found = await DescribeAsync(package, cancel);
        if (found.Package is PinnedLocal) Directory.CreateSymbolicLink(target, found.Folder!); // Describe gave it one
        else
        {
            var folder = found.Folder ?? await UnpackAsync((await VersionAsync((PinnedHub)found.Package, cancel)).Archive, found.Package.Shown, cancel);
            if (found.Folder is null) RequireProject(folder, found.Package.Shown);
            Directory.Move(folder, target);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
    }

    private static FetchedPackage Describe(PinnedHub package, HubVersion version) => new(package, version.ProjectName, version.Packages, null);

    private async Task<HubVersion> VersionAsync(PinnedHub package, CancellationToken cancel) =>
        (await hub.VersionsAsync(package.Name, cancel)).FirstOrDefault(version => version.Version == package.Version)
            ?? throw new UserErrorException(ErrorCodes.PackageMissing, null, $"the hub has no version {package.Version} of {package.Name}", "Run `tributary deps --upgrade`.");

    private async Task<FetchedPackage> CheckOutAsync(PinnedGit git, CancellationToken cancel)
    {
        var folder = NewFolder();
        var commit = await GitCheckout.FetchAsync(git with { Url = GitAddress(git.Url) }, folder, cancel);
        Directory.Delete(Path.Combine(folder, ".git"), recursive: true);
        var package = git.Subdirectory is null ? folder : Path.Combine(folder, git.Subdirectory);
        return Describe(git with { Revision = commit }, package, null);
    }

    /// <summary>A repository in a folder is meant relative to the project.</summary>
    private string GitAddress(string url) =>
        url.Contains("://", StringComparison.Ordinal) || (url.Contains(':', StringComparison.Ordinal) && !Path.IsPathRooted(url)) ? url : Path.GetFullPath(url, root);

    private async Task<string> UnpackAsync(Uri address, string shown, CancellationToken cancel)
    {
        var folder = NewFolder();
        var archive = folder + ".archive";
        if (address.IsFile) archive = address.LocalPath;
        else if (!await web.ArchiveAsync(address, archive, cancel))
            throw new UserErrorException(ErrorCodes.PackageMissing, null, $"there is no archive at {Address.WithoutSecrets(address.ToString())}");
        await PackageArchive.UnpackAsync(archive, folder, Address.WithoutSecrets(shown), cancel);
        return folder;
    }

    private string LocalFolder(PinnedLocal local) => Path.GetFullPath(local.Path, root);

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(work, $"{Directory.CreateDirectory(work).GetFileSystemInfos().Length}")).FullName;

    private FetchedPackage Describe(PinnedPackage package, string folder, string? name)
    {
        RequireProject(folder, package.Shown);
        var problems = new Problems();
        var shown = $"{Address.WithoutSecrets(package.Shown)}/";
        var file = YamlFile.Read(Path.Combine(folder, "dbt_project.yml"), shown + "dbt_project.yml", problems) as YamlMap;
        var values = new YamlValues(strings.OfProjectFile(), problems);
        var given = name ?? (file is null ? null : values.Text(file, "name"));
        var wanted = PackagesFile.Read(folder, shown, strings, problems).Packages;
        problems.ThrowIfAny();
        if (given is null || !given.All(c => char.IsLetterOrDigit(c) || c == '_') || given.Length == 0)
            throw new UserErrorException(ErrorCodes.PackageUnsafe, null, $"the package {shown.TrimEnd('/')} has no name that a folder can have");
        return new FetchedPackage(package, given, wanted, folder);
    }

    private static void RequireProject(string folder, string shown)
    {
        if (!File.Exists(Path.Combine(folder, "dbt_project.yml")))
            throw new UserErrorException(ErrorCodes.PackageMissing, null, $"{Address.WithoutSecrets(shown)} holds no dbt_project.yml", "Is the address, or its subdirectory, that of a dbt package?");
    }
}
