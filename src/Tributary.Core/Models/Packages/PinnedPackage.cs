namespace Tributary.Core.Models.Packages;

/// <summary>A package decided upon: exactly what is fetched, and what the lock file says of it.</summary>
internal abstract record PinnedPackage
{
    /// <summary>What people read of it: <c>dbt-labs/dbt_utils 1.3.0</c>.</summary>
    public abstract string Shown { get; }

    /// <summary>The entry of the lock file, its name left out.</summary>
    public abstract IReadOnlyDictionary<string, string?> LockEntry { get; }
}

/// <summary>One version of a package of the hub; <paramref name="Latest"/> is the newest that could be had.</summary>
internal sealed record PinnedHub(string Name, string Version, string Latest) : PinnedPackage
{
    public override string Shown => $"{Name} {Version}";

    public override IReadOnlyDictionary<string, string?> LockEntry => new Dictionary<string, string?> { ["package"] = Name, ["version"] = Version };
}

/// <summary>One commit of a repository; before it is fetched its revision may be a branch or tag.</summary>
internal sealed record PinnedGit(string Url, string? Revision, string? Subdirectory, bool WarnUnpinned) : PinnedPackage
{
    public override string Shown => $"{Url} {Revision ?? "(default branch)"}";

    public override IReadOnlyDictionary<string, string?> LockEntry => new Dictionary<string, string?> { ["git"] = Url, ["revision"] = Revision, ["subdirectory"] = Subdirectory };
}

/// <summary>An archive at an address.</summary>
internal sealed record PinnedTarball(string Url, string Name) : PinnedPackage
{
    public override string Shown => Url;

    public override IReadOnlyDictionary<string, string?> LockEntry => new Dictionary<string, string?> { ["tarball"] = Url };
}

/// <summary>A folder, relative to the project.</summary>
internal sealed record PinnedLocal(string Path) : PinnedPackage
{
    public override string Shown => Path;

    public override IReadOnlyDictionary<string, string?> LockEntry => new Dictionary<string, string?> { ["local"] = Path };
}
