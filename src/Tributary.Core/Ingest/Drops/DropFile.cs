namespace Tributary.Core.Ingest.Drops;

/// <summary>
/// A file of a drop. <paramref name="Name"/> is its path below the drop's folder; a member of an archive has the archive's name before
/// <c>!</c>. <paramref name="Version"/> changes when the content does (an ETag, a time): what tells a file that was put again.
/// </summary>
public sealed record DropFile(string Drop, string Name, long Bytes, string Version, DateTimeOffset ModifiedAt)
{
    /// <summary>How the ledger calls it.</summary>
    public string Path => $"{Drop}/{Name}";

    /// <summary>The last part of the name without <c>.gz</c>: what datasets are matched with.</summary>
    public string PlainName
    {
        get
        {
            var name = Name[(Name.LastIndexOfAny(['/', '!']) + 1)..];
            return name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        }
    }
}
