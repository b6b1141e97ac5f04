using System.Xml.Linq;

namespace Tributary.Tests.Architecture;

/// <summary>Holds the layer table of ARCHITECTURE: a folder of Core uses only the folders that its line names.</summary>
public sealed class LayerTests(ITestOutputHelper output)
{
    private const int Long = 300;
    private const int TooLong = 400;

    private static readonly string[] Foundation = ["Text", "Postgres", "Graph"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Text"] = [],
        ["Postgres"] = ["Text"],
        ["Graph"] = ["Text", "Postgres"],
        ["Ingest"] = Foundation,
        ["Models"] = Foundation,
        ["Fhir"] = Foundation,
        ["Forms"] = Foundation,
        ["Privacy"] = Foundation,
        ["Metrics"] = Foundation,
        ["Exports"] = [.. Foundation, "Privacy"],
        ["Jobs"] = Foundation,
        ["Projects"] = [.. Foundation, "Ingest", "Models", "Fhir", "Forms", "Privacy", "Metrics", "Exports", "Jobs"],
        ["Runs"] = [.. Foundation, "Ingest", "Models", "Fhir", "Forms", "Privacy", "Metrics", "Exports", "Jobs", "Projects"],
    };

    private static readonly Dictionary<string, string[]> References = new()
    {
        ["Tributary.Jinja"] = [],
        ["Tributary.Core"] = ["Tributary.Jinja"],
        ["Tributary.Connectors"] = ["Tributary.Core"],
        ["Tributary.Web"] = ["Tributary.Core"],
    };

    private static readonly SourceCode[] Core = [.. Repository.Sources("src/Tributary.Core")
        .Select(path => new SourceCode(path, File.ReadAllText(Path.Combine(Repository.Root, "src/Tributary.Core", path))))];

    [Fact]
    public void A_folder_of_core_uses_only_the_folders_below_it()
    {
        var types = Core.ToLookup(file => file.Folder, file => Path.GetFileNameWithoutExtension(file.Path));
        var broken = from file in Core
                     from used in file.Uses(types)
                     where !Allowed.GetValueOrDefault(file.Folder, []).Contains(used)
                     select $"{file.Path} uses {used}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Core_has_the_folders_of_the_design_and_no_others() =>
        Assert.Empty(Core.Select(file => file.Folder).Distinct().Except(Allowed.Keys).Except(["Properties"]));

    [Fact]
    public void A_namespace_is_its_folder() =>
        Assert.Empty(Core.Where(file => file.Namespace != Expected(file.Path)).Select(file => $"{file.Path} is in {file.Namespace}"));

    [Fact]
    public void Only_models_knows_the_template_language() =>
        Assert.Empty(Core.Where(file => file.Folder is not ("Models" or "Projects" or "Runs") && file.Names("Tributary.Jinja")).Select(file => file.Path));

    [Fact]
    public void A_project_references_only_the_projects_below_it()
    {
        foreach (var (project, allowed) in References)
        {
            var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));
            var found = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)); // a reference has one
            Assert.Empty(found.Except(allowed));
        }
    }

    [Fact]
    public void No_folder_is_for_whatever_fits_nowhere()
    {
        string[] vague = ["Common", "Utils", "Util", "Helpers", "Shared", "Misc"];
        var folders = new[] { "src", "tests", "tools" }.SelectMany(Repository.Sources).SelectMany(path => path.Split('/').SkipLast(1)).Distinct();
        Assert.DoesNotContain(folders, folder => vague.Contains(folder, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Files_stay_short()
    {
        var lengths = new[] { "src", "tools" }
            .SelectMany(folder => Repository.Sources(folder).Select(path => $"{folder}/{path}"))
            .Select(path => (Path: path, Lines: File.ReadLines(Path.Combine(Repository.Root, path)).Count()))
            .ToList();
        foreach (var (path, lines) in lengths.Where(file => file.Lines > Long)) output.WriteLine($"{path} has {lines} lines.");
        Assert.DoesNotContain(lengths, file => file.Lines > TooLong);
    }

    [Theory]
    [InlineData("using Tributary.Core.Graph;", "Graph")]
    [InlineData("class A { Tributary.Core.Graph.Node? node; }", "Graph")]
    [InlineData("class A { Graph.Node? node; }", "Graph")]
    [InlineData("class A { object Graph; int Count => Graph.Count; }", "")]
    [InlineData("// Tributary.Core.Graph\nclass A { string a = \"Tributary.Core.Graph\"; }", "")]
    public void Sees_what_code_uses(string code, string expected)
    {
        var types = new[] { ("Graph", "Node"), ("Text", "A") }.ToLookup(pair => pair.Item1, pair => pair.Item2);
        Assert.Equal(expected, string.Join(' ', new SourceCode("Text/A.cs", code).Uses(types)));
    }

    private static string Expected(string path) =>
        string.Join('.', path.Split('/').SkipLast(1).Prepend("Tributary.Core"));
}
