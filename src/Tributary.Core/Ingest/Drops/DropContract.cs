using System.Security.Cryptography;
using System.Text.Json;

namespace Tributary.Core.Ingest.Drops;

/// <summary>A text that changes when anything does that decides how a dataset's files become rows.</summary>
internal static class DropContract
{
    /// <summary>Raised when the same declaration gives other rows than before.</summary>
    private const int Version = 1;

    public static string Of(DropSource source, SourceStream stream)
    {
        var said = new { Version, Dataset = source.DatasetOf(stream), source.Csv, source.Drops.Zone, stream.History, Fields = source.Load.MaxRecordBytes };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(said)))[..16];
    }
}
