using System.IO.Compression;

namespace Tributary.Tests.Live.Support;

/// <summary>A delivered ZIP, read as an analyst would.</summary>
internal static class ExportedZip
{
    /// <summary>The only ZIP of a track below a folder.</summary>
    public static string Find(string folder, string track) =>
        Assert.Single(Directory.EnumerateFiles(folder, $"*_export_{track}_*.zip", SearchOption.AllDirectories));

    /// <summary>Entry name → its text.</summary>
    public static SortedDictionary<string, string> Read(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            entries.Add(entry.FullName, reader.ReadToEnd());
        }
        return entries;
    }

    public static SortedDictionary<string, string> Csvs(string path)
    {
        var entries = Read(path);
        entries.Remove("manifest.json");
        return entries;
    }
}
