using Tributary.Core.Models.Context;

namespace Tributary.Core.Models.Caching;

/// <summary>
/// What a parse had read: files with their bytes (null: there was none), folders with the files below them or the folders in them,
/// variables of the environment, the verb and the call's arguments if they were asked for, and the templates that alone depend on them.
/// </summary>
internal sealed record StoredReads(
    Dictionary<string, byte[]?> Files, Dictionary<string, string[]> Trees, Dictionary<string, string[]> Folders, StoredVariables Variables, string? Verb, string? Call,
    CallDependent[] CallDependent)
{
    private const int Chunk = 64 * 1024;

    /// <summary>True when a parse now would read the very same.</summary>
    public bool Hold(ModelSettings settings)
    {
        if (Verb is not null && Verb != settings.PlainVerb) return false;
        if (Call is not null && Call != Words(settings.PlainCall)) return false;
        if (!Variables.Hold(settings.Environment)) return false;
        foreach (var (folder, found) in Trees)
        {
            if (!Same(found, ProjectReads.ListFiles(folder))) return false;
        }
        foreach (var (folder, found) in Folders)
        {
            if (!Same(found, ProjectReads.ListFolders(folder))) return false;
        }
        return FilesHold();
    }

    /// <summary>The call in one text that can be compared.</summary>
    public static string Words(CallFacts call) => PlainObject.ToJson(call.Arguments, sorted: true) + PlainObject.ToJson(call.Metadata, sorted: true);

    private bool FilesHold()
    {
        var buffer = new byte[Chunk];
        foreach (var (path, bytes) in Files)
        {
            if (bytes is null ? File.Exists(path) : !FileHolds(path, bytes, buffer)) return false;
        }
        return true;
    }

    private static bool FileHolds(string path, byte[] bytes, byte[] buffer)
    {
        using var file = File.OpenHandle(path);
        if (RandomAccess.GetLength(file) != bytes.Length) return false;
        for (var at = 0; at < bytes.Length;)
        {
            var count = RandomAccess.Read(file, buffer, at);
            if (count == 0 || at + count > bytes.Length || !bytes.AsSpan(at, count).SequenceEqual(buffer.AsSpan(0, count))) return false;
            at += count;
        }
        return true;
    }

    private static bool Same(string[] stored, string[] now)
    {
        if (stored.Length != now.Length) return false;
        for (var i = 0; i < now.Length; i++)
        {
            if (stored[i] != now[i]) return false;
        }
        return true;
    }
}
