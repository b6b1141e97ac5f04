using Tributary.Core.Models.Caching;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Files;

/// <summary>
/// <c>.dbtignore</c>: files that are passed over, in the patterns of <c>.gitignore</c> (a later line wins, <c>!</c> takes back,
/// a slash in the middle binds to the project's folder, one at the end means folders only).
/// </summary>
internal sealed class IgnoreFile
{
    public static readonly IgnoreFile None = new([]);

    private readonly List<Rule> rules;

    private IgnoreFile(List<Rule> rules) => this.rules = rules;

    private readonly record struct Rule(Glob Pattern, bool FoldersOnly, bool TakesBack);

    public static IgnoreFile Read(string folder, ProjectReads reads)
    {
        var path = Path.Combine(folder, ".dbtignore");
        return reads.Bytes(path) is null ? None : Parse(reads.Text(path).Split('\n'));
    }

    public static IgnoreFile Parse(IEnumerable<string> lines) =>
        new([.. lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(ParseLine)]);

    /// <summary><paramref name="path"/> is relative to the project's folder, with slashes.</summary>
    public bool Ignores(string path)
    {
        if (rules.Count == 0) return false;
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (Decides(path[..slash], isFolder: true)) return true;
        }
        return Decides(path, isFolder: false);
    }

    private bool Decides(string path, bool isFolder)
    {
        var ignored = false;
        foreach (var rule in rules)
        {
            if ((isFolder || !rule.FoldersOnly) && rule.Pattern.IsMatch(path)) ignored = !rule.TakesBack;
        }
        return ignored;
    }

    private static Rule ParseLine(string line)
    {
        var takesBack = line[0] == '!';
        var pattern = takesBack ? line[1..] : line.StartsWith("\\#", StringComparison.Ordinal) || line.StartsWith("\\!", StringComparison.Ordinal) ? line[1..] : line;
        var foldersOnly = pattern.EndsWith('/');
        pattern = pattern.TrimEnd('/');
        var isBound = pattern.Contains('/', StringComparison.Ordinal);
        pattern = pattern.TrimStart('/');
        return new Rule(new Glob(isBound ? pattern : $"**/{pattern}"), foldersOnly, takesBack);
    }
}
