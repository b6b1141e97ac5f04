namespace Tributary.Core.Models.Packages.Fetching;

/// <summary>
/// What is known of a package once it was looked at: its name, what it wants itself, and where its files lie (null: on the hub
/// still). <paramref name="Package"/> is exact now, a repository's commit included.
/// </summary>
internal sealed record FetchedPackage(PinnedPackage Package, string Name, IReadOnlyList<PackageSpec> Wanted, string? Folder);
