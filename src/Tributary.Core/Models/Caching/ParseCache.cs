using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;
using Tributary.Jinja;

namespace Tributary.Core.Models.Caching;

/// <summary>
/// The parsed project of the last call, kept in a file. It counts only while everything that went into it is the same, compared
/// byte by byte: every file and folder read, the settings, variables of the environment, the engine's own build, the models that
/// the engine wrote. Whatever is wrong with the file means that there is none.
/// </summary>
internal static class ParseCache
{
    /// <summary>The engine's build: any change of its code may change what it makes of the same files.</summary>
    private static readonly string Engine = $"{typeof(ParseCache).Module.ModuleVersionId} {typeof(Template).Module.ModuleVersionId}";

    /// <summary>What the parsed project was made of.</summary>
    private sealed record Origin(string Engine, string Folder, byte[] Settings, byte[] Generated, StoredReads Reads);

    /// <summary>The project as it was parsed before; null when anything is not as it was then.</summary>
    public static CachedParse? Load(string folder, ModelSettings settings, ProjectReads reads)
    {
        try
        {
            if (FileOf(settings) is not { } path || CacheFile.Read(path) is not { } parts) return null;
            if (Read(parts.First) is not Origin origin || origin.Engine != Engine || origin.Folder != folder) return null;
            if (!origin.Settings.AsSpan().SequenceEqual(Bytes(settings))) return null;
            var check = Task.Run(() => origin.Reads.Hold(settings));
            var parsed = Read(parts.Second, settings) as ParsedProject;
            if (!check.GetAwaiter().GetResult() || parsed is null) return null;
            var contexts = new ParseContexts(parsed.Files, parsed.Macros).With(settings with { Reads = null });
            if (!Array.TrueForAll(origin.Reads.CallDependent, template => template.Holds(contexts))) return null;
            reads.TakeOver(origin.Reads);
            parsed.KeptAs = parts.Checksum;
            return new CachedParse(parsed, origin.Generated);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return null; // it will be written anew
        }
    }

    /// <summary>Keeps a project for the next call; where that cannot be, the next call parses again.</summary>
    public static void Save(ParsedProject parsed, IReadOnlyList<GeneratedModel> generated, ProjectReads reads)
    {
        var settings = parsed.Settings;
        if (reads.IsOfNow || FileOf(settings) is not { } path) return;
        try
        {
            var origin = new Origin(Engine, parsed.Files.Folder, Bytes(settings), Bytes(generated), reads.ToStored(settings));
            MakeFolder(settings.CacheFolder!); // it has a file
            parsed.KeptAs = CacheFile.Write(path, Bytes(origin), Bytes(parsed, settings));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotStoredException)
        {
            // A project that may not be written to, or whose configuration holds what is no plain value.
        }
    }

    /// <summary>The bytes of a graph of objects: two graphs are the same when these are.</summary>
    public static byte[] Bytes(object value, params IReadOnlyList<object> given)
    {
        var stream = new MemoryStream();
        using var writer = new ObjectWriter(stream, given);
        writer.Write(value);
        return stream.ToArray();
    }

    internal static object? Read(ArraySegment<byte> bytes, params IReadOnlyList<object> given)
    {
        using var reader = new ObjectReader(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), given); // a segment of a file's bytes
        return reader.Read();
    }

    /// <summary>One a target, so that going to and fro between two of them stays quick.</summary>
    internal static string? FileOf(ModelSettings settings, string name = "parse")
    {
        if (settings.CacheFolder is not { } folder) return null;
        var target = string.Concat(settings.Target.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return Path.Combine(folder, $"{name}-{target}.bin");
    }

    /// <summary>The folder tells git itself that nothing in it is to be kept.</summary>
    private static void MakeFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        var ignore = Path.Combine(folder, ".gitignore");
        if (!File.Exists(ignore)) File.WriteAllText(ignore, "*\n");
    }
}
