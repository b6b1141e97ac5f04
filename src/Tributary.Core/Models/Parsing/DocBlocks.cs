using System.Text.RegularExpressions;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>The <c>{% docs name %}</c> blocks of Markdown files, and descriptions that quote them by <c>{{ doc('name') }}</c>.</summary>
internal sealed partial class DocBlocks
{
    private readonly Dictionary<string, List<Block>> blocks = new(StringComparer.Ordinal);
    private readonly YamlTemplates strings;
    private readonly DbtProject root;

    public DocBlocks(ModelFiles files, YamlTemplates strings, Problems problems)
    {
        this.strings = strings;
        root = files.Project;
        foreach (var package in files.Packages)
        {
            foreach (var file in package.Docs) Read(file, problems);
        }
    }

    /// <summary>One block with its place.</summary>
    internal sealed record Block(string Package, string Name, string Text, SourcePosition At);

    public IEnumerable<Block> All => blocks.Values.SelectMany(named => named);

    /// <summary>The description with its quotes in place; a block that does not exist is a problem (it throws).</summary>
    public string Render(string description, string package, SourcePosition at)
    {
        if (!description.Contains("{{", StringComparison.Ordinal)) return description;
        var scope = new Scope(strings.ScopeOf(root, package, at))
        {
            ["doc"] = new Function("doc", "first, second=None", a => a[1] is null ? Find(a.Text(0), null, package) : Find(a.Text(1), a.Text(0), package)),
        };
        try
        {
            return Template.Parse(description, at.File).Render(new TemplateContext(scope) { Undefined = UndefinedPolicy.Lenient });
        }
        catch (TemplateException error)
        {
            throw new UserErrorException(ErrorCodes.TemplateError, at, $"{error.Message} in a description", error.Hint);
        }
    }

    /// <summary>Columns with their descriptions rendered.</summary>
    public IReadOnlyList<ColumnProperties> Render(IReadOnlyList<ColumnProperties> columns, string package) =>
        columns.Any(column => column.Description.Contains("{{", StringComparison.Ordinal))
            ? [.. columns.Select(column => column with { Description = Render(column.Description, package, column.At) })]
            : columns;

    /// <summary>Of the package that is named; else of the one that asks, of the project, of any.</summary>
    private string Find(string name, string? package, string asking)
    {
        var named = blocks.GetValueOrDefault(name) ?? [];
        var found = package is not null
            ? named.Find(block => block.Package == package)
            : named.Find(block => block.Package == asking) ?? named.Find(block => block.Package == root.Name) ?? named.FirstOrDefault();
        return found?.Text ?? throw new TemplateException($"there is no docs block '{name}'", Nearest.Hint(name, blocks.Keys));
    }

    private void Read(SqlFile file, Problems problems)
    {
        if (!file.Text.Contains("{%", StringComparison.Ordinal)) return;
        foreach (Match match in Blocks().Matches(file.Text))
        {
            var name = match.Groups["name"].Value;
            var at = new SourcePosition(file.Path, 1 + file.Text.AsSpan(0, match.Index).Count('\n'));
            if (!match.Groups["end"].Success)
            {
                problems.Add(ErrorCodes.TemplateError, at, $"the docs block '{name}' is not closed", "Write {% enddocs %} behind it.");
                continue;
            }
            Add(new Block(file.Package, name, Text(match.Groups["text"].Value), at), problems);
        }
    }

    private void Add(Block block, Problems problems)
    {
        if (!blocks.TryGetValue(block.Name, out var named)) blocks[block.Name] = named = [];
        if (named.Find(other => other.Package == block.Package) is { } twin)
            problems.Add(ErrorCodes.DuplicateName, block.At, $"the docs block '{block.Name}' stands twice; the other is at {twin.At}", "Rename or remove one of them.");
        else named.Add(block);
    }

    /// <summary>Templates in a block see nothing; text that is no template stays as it is.</summary>
    private static string Text(string text)
    {
        if (!text.Contains("{{", StringComparison.Ordinal) && !text.Contains("{%", StringComparison.Ordinal) && !text.Contains("{#", StringComparison.Ordinal)) return text.Trim();
        try
        {
            return Template.Parse(text, "docs").Render(new TemplateContext(new Scope()) { Undefined = UndefinedPolicy.Lenient }).Trim();
        }
        catch (TemplateException)
        {
            return text.Trim();
        }
    }

    [GeneratedRegex(@"\{%-?\s*docs\s+(?<name>\w+)\s*-?%\}((?<text>((?!\{%-?\s*docs\s).)*?)(?<end>\{%-?\s*enddocs\s*-?%\}))?", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();
}
