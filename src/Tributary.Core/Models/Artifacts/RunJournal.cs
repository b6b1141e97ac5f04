using System.Text;
using System.Text.Json;

namespace Tributary.Core.Models.Artifacts;

/// <summary>
/// What a run was asked for and which of its nodes are done, line by line while it goes on: what <c>retry</c> reads when a run
/// died before it could write its results. Gone once they are written.
/// </summary>
internal sealed class RunJournal : IDisposable
{
    public const string Name = "run_journal.txt";

    private readonly string path;
    private readonly FileStream file;

    private RunJournal(string path, FileStream file)
    {
        this.path = path;
        this.file = file;
    }

    /// <summary>The first line holds the arguments, the second the ids that are to be done.</summary>
    public static RunJournal Begin(string folder, IReadOnlyDictionary<string, object?> arguments, IEnumerable<string> ids)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Name);
        var journal = new RunJournal(path, new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, ArtifactHeader.Form)) PictureJson.Write(json, arguments);
        journal.WriteLine(Encoding.UTF8.GetString(text.ToArray()));
        journal.WriteLine(string.Join(' ', ids));
        return journal;
    }

    /// <summary>A node is done; from any of the run's workers.</summary>
    public void Done(string id)
    {
        lock (file) WriteLine(id);
    }

    /// <summary>The run's results are written: nothing is to be known from here any more.</summary>
    public void Delete()
    {
        file.Dispose();
        File.Delete(path);
    }

    /// <summary>The arguments of a run that died in this folder, and what it left undone; null when none did.</summary>
    public static (JsonDocument Arguments, HashSet<string> Left)? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return null;
        var lines = File.ReadAllLines(path);
        if (lines.Length < 2) return null;
        var left = lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        foreach (var done in lines.Skip(2)) left.Remove(done);
        return (JsonDocument.Parse(lines[0]), left);
    }

    public void Dispose() => file.Dispose();

    private void WriteLine(string line) => file.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
