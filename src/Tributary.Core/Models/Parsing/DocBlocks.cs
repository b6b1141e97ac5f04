using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>The <c>{% docs name %}</c> blocks of Markdown files, and descriptions that quote them by <c>{{ doc('name') }}</c>.</summary>
internal sealed class DocBlocks
{
    private readonly Dictionary<(string Package, string Name), string> blocks = [];
    public DocBlocks(IEnumerable<SqlFile> files, Problems problems)
    {
        foreach (var file in files.Where(file => file.Text.Contains("{%", StringComparison.Ordinal))) Read(file, problems);
    }

    /// <summary>The description with its quotes in place; lenient as dbt is, apart from a block that does not exist (it throws).</summary>
    public string Render(string description, string package, SourcePosition at)
    {
        if (!description.Contains("{{", StringComparison.Ordinal)) return description;
        var scope = new Scope { ["doc"] = new Function("doc", "first, second=None", a => Find(a.TextOrNone(1) ?? a.Text(0), a[1] is null ? null : a.Text(0), package)) };
        try
        {
            return Template.Parse(description, at.File).Render(new TemplateContext(scope) { Undefined = UndefinedPolicy.Lenient });
        }
        catch (TemplateException error)
        {
            throw new UserErrorException(ErrorCodes.TemplateError, at, $"{error.Message} in a description", error.Hint);
        }
    }

    private string Find(string name, string? package, string fromPackage)
    {
        foreach (var (key, text) in blocks)
        {
            if (key.Name == name && (package is null || key.Package == package)) return text;
        }
        throw new TemplateException($"there is no docs block '{name}'", Nearest.Hint(name, [.. blocks.Keys.Where(key => key.Package == (package ?? fromPackage)).Select(key => key.Name)]));
    }

    private void Read(SqlFile file, Problems problems)
    {
        try
        {
            foreach (var block in Template.Parse(file.Text, file.Path).Docs) blocks[(file.Package, block.Name)] = block.Text.Trim();
        }
        catch (TemplateException error)
        {
            problems.Add(TemplateErrors.Of(error, new SourcePosition(file.Path, 1)));
        }
    }
}
