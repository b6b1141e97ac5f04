using System.Security.Cryptography;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Files;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Artifacts;

/// <summary>A seed's <c>checksum</c> as dbt has it: of the file's text, or for a large file its path alone.</summary>
internal static class SeedChecksum
{
    private const long Large = 1024 * 1024;

    public static JinjaDict Of(SeedFile seed)
    {
        var file = new FileInfo(seed.FullPath);
        if (file.Length > Large) return GraphPicture.Dict(("name", "path"), ("checksum", ManifestPath.Original(seed.Path)));
        using var stream = file.OpenRead();
        return GraphPicture.Dict(("name", "sha256"), ("checksum", Convert.ToHexStringLower(SHA256.HashData(stream))));
    }
}
