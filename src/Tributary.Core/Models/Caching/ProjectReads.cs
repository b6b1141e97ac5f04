using System.Collections.Concurrent;
using System.Text;

namespace Tributary.Core.Models.Caching;

/// <summary>
/// The one door to files, folders and the environment while a project is read. What went through it is remembered, byte by byte:
/// a cached parse holds as long as all of it is still the same. For any number of threads.
/// </summary>
internal sealed class ProjectReads(Func<string, string?> environment)
{
    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System };

    private readonly ConcurrentDictionary<string, byte[]?> files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string[]> trees = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string[]> folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> variables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CallDependent> callDependent = new(StringComparer.Ordinal);
    private volatile bool verbMatters;
    private volatile bool callMatters;

    /// <summary>The bytes of a file; null when there is none.</summary>
    public byte[]? Bytes(string path) => files.GetOrAdd(path, static file => File.Exists(file) ? File.ReadAllBytes(file) : null);

    /// <summary>A file as text, with or without a byte order mark; it must exist.</summary>
    public string Text(string path)
    {
        var bytes = Bytes(path) ?? throw new FileNotFoundException("The file is gone.", path);
        if (bytes is not ([0xEF, 0xBB, 0xBF, ..] or [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])) return Encoding.UTF8.GetString(bytes);
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>Every file below a folder, at any depth, sorted; none when there is no such folder.</summary>
    public IReadOnlyList<string> FilesBelow(string folder) => trees.GetOrAdd(folder, ListFiles);

    /// <summary>The folders in a folder, sorted; none when there is no such folder.</summary>
    public IReadOnlyList<string> FoldersIn(string folder) => folders.GetOrAdd(folder, ListFolders);

    /// <summary>What <c>env_var()</c> reads.</summary>
    public string? Variable(string name) => variables.GetOrAdd(name, environment);

    /// <summary>A template asked which verb runs.</summary>
    public void ReadVerb() => verbMatters = true;

    /// <summary>A template asked for the arguments of the call.</summary>
    public void ReadCall() => callMatters = true;

    /// <summary>What is not the same in every call was asked for: the verb, the call's arguments or the clock.</summary>
    public bool DependsOnCall => verbMatters || callMatters || IsOfNow;

    /// <summary>One template alone depends on the call; the rest of the parse does not.</summary>
    public void RenderAgain(string id, Func<CallDependent> template)
    {
        try
        {
            callDependent[id] = template();
        }
        catch (NotStoredException)
        {
            IsOfNow = true; // what it collected cannot be compared
        }
    }

    /// <summary>Parsing begins anew.</summary>
    public void BeginParse() => callDependent.Clear();

    /// <summary>A template looked at the clock: the next call must parse again.</summary>
    public void ReadClock() => IsOfNow = true;

    /// <summary>What was parsed holds for this call alone.</summary>
    public bool IsOfNow { get; private set; }

    /// <summary>All of it, to be stored.</summary>
    public StoredReads ToStored(ModelSettings settings) => new(
        new Dictionary<string, byte[]?>(files), new Dictionary<string, string[]>(trees), new Dictionary<string, string[]>(folders),
        StoredVariables.Of(variables), verbMatters ? settings.PlainVerb : null, callMatters ? StoredReads.Words(settings.PlainCall) : null,
        [.. callDependent.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value)]);

    /// <summary>Takes over what an earlier run had read and what is still so.</summary>
    public void TakeOver(StoredReads stored)
    {
        foreach (var (path, bytes) in stored.Files) files[path] = bytes;
        foreach (var (folder, found) in stored.Trees) trees[folder] = found;
        foreach (var (folder, found) in stored.Folders) folders[folder] = found;
        foreach (var name in stored.Variables.Names) variables[name] = environment(name);
        verbMatters = stored.Verb is not null;
        callMatters = stored.Call is not null;
    }

    internal static string[] ListFiles(string folder) => Sorted(Directory.Exists(folder) ? Directory.GetFiles(folder, "*", Deep) : []);

    internal static string[] ListFolders(string folder) => Sorted(Directory.Exists(folder) ? Directory.GetDirectories(folder) : []);

    private static string[] Sorted(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }
}
