using System.Text.Json;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Packages.Fetching;

/// <summary>One version of a package as the hub describes it.</summary>
internal sealed record HubVersion(string Package, SemanticVersion Number, string Version, string ProjectName, Uri Archive)
{
    /// <summary>The versions of dbt that it works with; null when it does not say.</summary>
    public VersionRange? Dbt { get; init; }

    public IReadOnlyList<PackageSpec> Packages { get; init; } = [];

    /// <summary>Oldest first; versions that cannot be understood are left out.</summary>
    public static IReadOnlyList<HubVersion> ReadAll(string package, JsonElement root)
    {
        var versions = new List<HubVersion>();
        foreach (var entry in root.GetProperty("versions").EnumerateObject())
        {
            if (SemanticVersion.Parse(entry.Name) is { } number && Read(package, number, entry) is { } version) versions.Add(version);
        }
        return [.. versions.OrderBy(version => version.Number)];
    }

    public static string? Text(JsonElement owner, string key) =>
        owner.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static HubVersion? Read(string package, SemanticVersion number, JsonProperty entry)
    {
        var value = entry.Value;
        if (value.ValueKind != JsonValueKind.Object || Text(value, "name") is not { } name || !value.TryGetProperty("downloads", out var downloads)) return null;
        if (!Uri.TryCreate(Text(downloads, "tarball"), UriKind.Absolute, out var archive) || archive.Scheme is not ("https" or "http")) return null;
        return new HubVersion(package, number, entry.Name, name, archive) { Dbt = Range(value), Packages = Wanted(value, package) };
    }

    private static VersionRange? Range(JsonElement version)
    {
        if (!version.TryGetProperty("require_dbt_version", out var given)) return null;
        string[] texts = given.ValueKind switch
        {
            JsonValueKind.String => [given.GetString()!],
            JsonValueKind.Array => [.. given.EnumerateArray().Select(item => item.ToString())],
            _ => [],
        };
        return texts.All(string.IsNullOrWhiteSpace) ? null : VersionRange.Parse(texts, out _);
    }

    /// <summary>The list has the form of packages.yml, and JSON is YAML.</summary>
    private static IReadOnlyList<PackageSpec> Wanted(JsonElement version, string package)
    {
        if (!version.TryGetProperty("packages", out var packages) || packages.ValueKind != JsonValueKind.Array) return [];
        var problems = new Problems();
        var values = new YamlValues((text, _) => text, problems);
        var read = YamlFile.Parse($"{{\"packages\": {packages.GetRawText()}}}", package) is YamlMap map ? new PackageSpecReader(values).Read(map) : [];
        problems.ThrowIfAny();
        return read;
    }
}
