using System.Text;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages;

/// <summary>Adds an entry to <c>packages.yml</c> as text, so that comments and order stay (<c>deps --add-package</c>).</summary>
public static class PackageListing
{
    /// <summary><paramref name="package"/> is <c>name@version</c>; <paramref name="source"/> is hub, git, local or tarball.</summary>
    public static async Task AddAsync(string folder, string package, string source, CancellationToken cancel)
    {
        var at = package.LastIndexOf('@');
        var name = at > 0 ? package[..at] : package;
        var version = at > 0 ? package[(at + 1)..] : null;
        if (source == "hub" && version is null)
            throw new UserErrorException(ErrorCodes.MissingKey, null, $"--add-package {package} names no version", "Write it as name@version.");
        var path = Path.Combine(folder, PackagesFile.UsualName);
        var lines = File.Exists(path) ? [.. await File.ReadAllLinesAsync(path, cancel)] : new List<string> { "packages:" };
        var (start, end, indent) = Section(lines);
        RemoveSame(lines, start, ref end, name);
        lines.InsertRange(end, Entry(indent, source, name, version));
        await File.WriteAllLinesAsync(path, lines, new UTF8Encoding(false), cancel);
    }

    /// <summary>The lines below <c>packages:</c>, and how far its entries are indented.</summary>
    private static (int Start, int End, string Indent) Section(List<string> lines)
    {
        var head = lines.FindIndex(line => line.StartsWith("packages:", StringComparison.Ordinal));
        if (head < 0)
        {
            lines.Add("packages:");
            head = lines.Count - 1;
        }
        lines[head] = lines[head].Replace("[]", "", StringComparison.Ordinal).TrimEnd();
        var end = head + 1;
        for (var i = head + 1; i < lines.Count && (lines[i].Length == 0 || lines[i][0] is ' ' or '-' or '#'); i++)
        {
            if (lines[i].Trim().Length > 0) end = i + 1;
        }
        var first = lines.Skip(head + 1).FirstOrDefault(line => line.TrimStart().StartsWith('-'));
        return (head + 1, end, first is null ? "  " : first[..first.IndexOf('-', StringComparison.Ordinal)]);
    }

    private static void RemoveSame(List<string> lines, int start, ref int end, string name)
    {
        var found = lines.FindIndex(start, end - start, line => line.TrimStart(' ', '-').Split(':', 2) is ["package" or "git" or "local" or "tarball", var value] && value.Split(" #")[0].Trim().Trim('"', '\'') == name);
        if (found < 0) return;
        while (found > start && !lines[found].TrimStart().StartsWith('-')) found--;
        var last = found + 1;
        while (last < end && !lines[last].TrimStart().StartsWith('-')) last++;
        lines.RemoveRange(found, last - found);
        end -= last - found;
    }

    private static IEnumerable<string> Entry(string indent, string source, string name, string? version)
    {
        yield return $"{indent}- {(source == "hub" ? "package" : source)}: {name}";
        if (version is null) yield break;
        var shown = version.Contains(',', StringComparison.Ordinal) ? $"[{string.Join(", ", version.Split(',').Select(bound => $"\"{bound.Trim()}\""))}]" : version.All(char.IsAsciiLetterOrDigit) || version.Count(c => c == '.') > 1 ? version : $"\"{version}\"";
        yield return $"{indent}  {(source == "git" ? "revision" : "version")}: {shown}";
    }
}
