using System.Text;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Running;

/// <summary>Where SQL is written for people to read: <c>target/compiled/package/path</c> as compiled, <c>target/run/…</c> as it was sent.</summary>
internal sealed class CompiledFiles(ParsedProject project)
{
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);

    /// <summary>The file, as messages show it.</summary>
    public string Shown(ParsedNode node) => Shown("compiled", node);

    /// <summary>Where the statement that made the node was written.</summary>
    public string Sent(ParsedNode node) => Shown("run", node);

    private string Shown(string folder, ParsedNode node) => $"{project.Root.TargetPath}/{folder}/{node.Package}/{ManifestPath.Original(node.Path)}";

    public async Task<string> WriteAsync(ParsedNode node, string sql, CancellationToken cancel)
    {
        var shown = Shown(node);
        var (path, bytes) = (Place(shown), Bytes(sql));
        if (!Says(path, bytes)) await File.WriteAllBytesAsync(path, bytes, cancel);
        return shown;
    }

    /// <summary>Writes one file of many.</summary>
    public void Write(string shown, string sql)
    {
        var (path, bytes) = (Place(shown), Bytes(sql));
        if (!Says(path, bytes)) File.WriteAllBytes(path, bytes);
    }

    private static byte[] Bytes(string sql) => Encoding.UTF8.GetBytes(sql.EndsWith('\n') ? sql : sql + "\n");

    /// <summary>A file that says the same already is left as it is.</summary>
    private static bool Says(string path, byte[] bytes)
    {
        if (!File.Exists(path)) return false;
        using var file = File.OpenHandle(path);
        if (RandomAccess.GetLength(file) != bytes.Length) return false;
        var there = new byte[bytes.Length];
        return RandomAccess.Read(file, there, 0) == bytes.Length && there.AsSpan().SequenceEqual(bytes);
    }

    /// <summary>The file's full path; its folder is made.</summary>
    private string Place(string shown)
    {
        var path = Path.Combine(project.Files.Folder, shown);
        var folder = Path.GetDirectoryName(path)!; // it has one: it lies below the project
        lock (folders)
        {
            if (folders.Add(folder)) Directory.CreateDirectory(folder);
        }
        return path;
    }
}
