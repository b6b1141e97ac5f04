using System.Text.Json;
using Tributary.Jinja;

namespace Tributary.Tests.Jinja;

/// <summary>
/// One case in a text file: JSON context, a line <c>---</c>, the template, a line <c>---</c>, and the expected text, or
/// <c>error: line:column: message</c>. Keys that start with <c>$</c> are settings; <c>$ours</c> says why Python's Jinja answers differently.
/// </summary>
internal sealed record GoldenFile(string Name, JsonElement Context, string Template, string Expected)
{
    private const string Fence = "\n---\n";

    public static string Folder { get; } = Path.Combine(FindRoot(), "tests", "Tributary.Tests", "Jinja", "Golden");

    public static GoldenFile Read(string name)
    {
        var parts = File.ReadAllText(Path.Combine(Folder, name + ".txt")).Split(Fence, 3);
        var expected = parts[2].EndsWith('\n') ? parts[2][..^1] : parts[2];
        return new GoldenFile(name, JsonDocument.Parse(parts[0]).RootElement, parts[1], expected);
    }

    public string Run()
    {
        var scope = new Scope();
        foreach (var property in Context.EnumerateObject()) scope[property.Name] = property.Value;
        var syntax = new TemplateSyntax
        {
            TrimBlocks = Setting("$trim_blocks"),
            LeftStripBlocks = Setting("$lstrip_blocks"),
            KeepTrailingNewline = Setting("$keep_trailing_newline"),
            LoopControls = Setting("$loop_controls"),
        };
        try
        {
            var policy = Context.TryGetProperty("$undefined", out var value) ? Enum.Parse<UndefinedPolicy>(value.GetString()!, true) : default;
            return Tributary.Jinja.Template.Parse(Template, Name, null, syntax).Render(new TemplateContext(scope) { Undefined = policy });
        }
        catch (TemplateException e)
        {
            return $"error: {e.Position?.Line}:{e.Position?.Column}: {e.Message}{(e.Hint is null ? "" : " | " + e.Hint)}";
        }
    }

    private bool Setting(string name) => Context.TryGetProperty(name, out var value) && value.GetBoolean();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tributary.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests must run inside the repository");
    }
}
