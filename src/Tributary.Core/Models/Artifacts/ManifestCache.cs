using Tributary.Core.Models.Caching;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Artifacts;

/// <summary>
/// The manifest's body beside the parse cache: it follows from the parsed project and the seeds' files, and so counts while the
/// parse is the very one that it was written for and each seed's checksum is the same.
/// </summary>
internal static class ManifestCache
{
    /// <summary>What a body was written for.</summary>
    private sealed record Origin(string Parse, string[] Seeds, int[] NodeEnds, int SelectorsAt);

    /// <summary>Null when there is none for this project.</summary>
    public static ManifestBody? Find(ParsedProject project)
    {
        try
        {
            if (FileOf(project) is not { } path || CacheFile.Read(path) is not { } parts) return null;
            if (ParseCache.Read(parts.First) is not Origin origin || origin.Parse != project.KeptAs || !origin.Seeds.SequenceEqual(Seeds(project))) return null;
            return new ManifestBody(parts.Second.AsMemory(), origin.NodeEnds, origin.SelectorsAt);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return null; // it will be written anew
        }
    }

    /// <summary>Keeps the body for the next call, if it can.</summary>
    public static ManifestBody Keep(ParsedProject project, ManifestBody body)
    {
        try
        {
            if (FileOf(project) is { } path) CacheFile.Write(path, ParseCache.Bytes(new Origin(project.KeptAs!, Seeds(project), body.NodeEnds, body.SelectorsAt)), body.Text.Span); // it has a file because it was kept
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Then the next call writes it again.
        }
        return body;
    }

    private static string? FileOf(ParsedProject project) => project.KeptAs is null ? null : ParseCache.FileOf(project.Settings, "manifest");

    private static string[] Seeds(ParsedProject project) =>
        [.. project.Nodes.Where(node => node.Seed is not null).Select(node => PlainObject.ToJson(SeedChecksum.Of(node.Seed!)))]; // filtered right before
}
