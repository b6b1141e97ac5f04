using System.Text.RegularExpressions;

namespace Tributary.Tests.Architecture;

/// <summary>One C# file of Core: which of Core's folders its code names, by <c>using</c>, by full name or by a name relative to its own.</summary>
internal sealed partial class SourceCode(string path, string text)
{
    private readonly string code = NoCode().Replace(text, match => match.Value.Contains('\n') ? "\n" : " ");

    public string Path => path;

    public string Folder => path.Contains('/') ? path[..path.IndexOf('/')] : "";

    public string Namespace => NamespaceLine().Match(code).Groups[1].Value;

    /// <summary>True when the code names a project such as <c>Tributary.Jinja</c>.</summary>
    public bool Names(string project) => Regex.IsMatch(code, $@"\b{Regex.Escape(project)}\b");

    /// <summary>Folders of Core that the code uses; <paramref name="types"/> are the types of each folder, by file name.</summary>
    public IEnumerable<string> Uses(ILookup<string, string> types)
    {
        var full = FullName().Matches(code).Select(match => match.Groups[1].Value);
        var relative = RelativeName().Matches(code)
            .Where(match => types[match.Groups[1].Value].Contains(match.Groups[2].Value))
            .Select(match => match.Groups[1].Value);
        return full.Concat(relative).Where(folder => folder != Folder && types.Contains(folder)).Distinct();
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bTributary\.Core\.(\w+)")]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)\.([A-Z]\w*)")]
    private static partial Regex RelativeName();

    [GeneratedRegex("//[^\n]*|/\\*.*?\\*/|\"{3,}.*?\"{3,}|@\"(\"\"|[^\"])*\"|\"(\\\\.|[^\"\\\\\n])*\"", RegexOptions.Singleline)]
    private static partial Regex NoCode();
}
