using System.Text.Json;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages.Fetching;

/// <summary>The package hub (hub.getdbt.com, or the address in <c>DBT_PACKAGE_HUB_URL</c>): what packages there are, in which versions.</summary>
internal sealed class PackageHub(Uri address, WebFetch web)
{
    private readonly Dictionary<string, IReadOnlyList<HubVersion>> known = new(StringComparer.Ordinal);

    /// <summary>Renamings that were met, as sentences.</summary>
    public List<string> Notes { get; } = [];

    public static Uri AddressOf(string? given) => new(given is { Length: > 0 } ? given.TrimEnd('/') + "/" : "https://hub.getdbt.com/");

    /// <summary>Every version of a package, oldest first.</summary>
    public async Task<IReadOnlyList<HubVersion>> VersionsAsync(string package, CancellationToken cancel)
    {
        if (known.TryGetValue(package, out var versions)) return versions;
        return known[package] = await ReadAsync(package, mayBeRenamed: true, cancel);
    }

    private async Task<IReadOnlyList<HubVersion>> ReadAsync(string package, bool mayBeRenamed, CancellationToken cancel)
    {
        var bytes = await web.DocumentAsync(new Uri(address, $"api/v1/{package}.json"), cancel)
            ?? throw new UserErrorException(ErrorCodes.PackageMissing, null, $"the hub {address} has no package '{package}'", await HintAsync(package, cancel));
        using var document = Parse(bytes, package);
        var root = document.RootElement;
        var versions = HubVersion.ReadAll(package, root);
        if (RenamedTo(root) is not { } newer || newer == package) return versions;
        Notes.Add($"the package {package} is now called {newer}; change it in packages.yml");
        return versions.Count == 0 && mayBeRenamed ? await ReadAsync(newer, mayBeRenamed: false, cancel) : versions;
    }

    private static string? RenamedTo(JsonElement root)
    {
        var space = HubVersion.Text(root, "redirectnamespace");
        var name = HubVersion.Text(root, "redirectname");
        return space is null && name is null ? null : $"{space ?? HubVersion.Text(root, "namespace")}/{name ?? HubVersion.Text(root, "name")}";
    }

    private JsonDocument Parse(byte[] bytes, string package)
    {
        try
        {
            var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("versions", out var versions) && versions.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // said below
        }
        throw new TransientException($"The hub {address} answered for {package} with something that is no description of a package.");
    }

    private async Task<string> HintAsync(string package, CancellationToken cancel)
    {
        if (await web.DocumentAsync(new Uri(address, "api/v1/index.json"), cancel) is not { } bytes) return "Look for it on the hub.";
        try
        {
            return Nearest.To(package, JsonSerializer.Deserialize<string[]>(bytes) ?? []) is { } near ? $"Did you mean '{near}'?" : "Look for it on the hub.";
        }
        catch (JsonException)
        {
            return "Look for it on the hub.";
        }
    }
}
