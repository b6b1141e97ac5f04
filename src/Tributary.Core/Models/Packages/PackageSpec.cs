using Tributary.Core.Models.Context;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages;

/// <summary>One entry of <c>packages.yml</c>: a package that somebody wants, not decided yet to the last digit.</summary>
internal abstract record PackageSpec(SourcePosition At)
{
    /// <summary>The entry as written, templates unrendered; the lock file's digest covers it.</summary>
    public IReadOnlyDictionary<string, object?> Written { get; init; } = EmptyMap.Instance;

    /// <summary>Entries with one key are one package.</summary>
    public abstract string Key { get; }

    /// <summary>What is wanted, for messages: a range of versions, a revision.</summary>
    public abstract string Wish { get; }

    /// <summary>The entry as dbt's digest takes it: JSON with sorted keys.</summary>
    public string DigestText()
    {
        var fields = Fields();
        fields["unrendered"] = Written;
        return PlainObject.ToJson(fields, sorted: true);
    }

    protected abstract Dictionary<string, object?> Fields();
}

/// <summary>A package of the hub: <c>package: dbt-labs/dbt_utils</c>.</summary>
internal sealed record HubSpec(SourcePosition At, string Name, VersionRange Range, object? Version, bool Prereleases) : PackageSpec(At)
{
    public override string Key => Name;

    public override string Wish => Range.ToString();

    protected override Dictionary<string, object?> Fields() => new() { ["package"] = Name, ["version"] = Version, ["install_prerelease"] = Prereleases };
}

/// <summary>A repository: <c>git: https://…</c> with a branch, tag or commit.</summary>
internal sealed record GitSpec(SourcePosition At, string Url, object? Revision, bool? WarnUnpinned, string? Subdirectory) : PackageSpec(At)
{
    public override string Key => $"{(Url.EndsWith(".git", StringComparison.Ordinal) ? Url[..^4] : Url)}/{Subdirectory}";

    public override string Wish => Revision is null ? "the default branch" : $"revision {PythonText.Of(Revision)}";

    protected override Dictionary<string, object?> Fields() =>
        new() { ["git"] = Url, ["revision"] = Revision, ["warn-unpinned"] = WarnUnpinned, ["subdirectory"] = Subdirectory };
}

/// <summary>An archive: <c>tarball: https://…</c> with the package's <c>name</c>.</summary>
internal sealed record TarballSpec(SourcePosition At, string Url, string Name) : PackageSpec(At)
{
    public override string Key => Url;

    public override string Wish => "an archive";

    protected override Dictionary<string, object?> Fields() => new() { ["tarball"] = Url, ["name"] = Name };
}

/// <summary>A folder of this machine: <c>local: ../shared</c>, relative to the project.</summary>
internal sealed record LocalSpec(SourcePosition At, string Path) : PackageSpec(At)
{
    public override string Key => Path;

    public override string Wish => "a folder";

    protected override Dictionary<string, object?> Fields() => new() { ["local"] = Path };
}
