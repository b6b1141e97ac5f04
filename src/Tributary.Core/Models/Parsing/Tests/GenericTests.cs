using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing.Tests;

/// <summary>Makes a test of each generic test that a model, seed, source or one of their columns asks for.</summary>
internal sealed class GenericTests(ModelParser parser, IReadOnlyList<NodeDraft> drafts, IReadOnlyList<ParsedNode> nodes)
{
    private readonly Dictionary<string, ParsedNode> made = new(StringComparer.Ordinal);

    /// <summary>What is tested: its id, the words that refer to it, and how its tests are named.</summary>
    private sealed record Subject(string Id, string Package, string NamePart, string Prefix, string Expression, string File)
    {
        /// <summary>A source's tests take over its tags.</summary>
        public IReadOnlyList<string> Tags { get; init; } = [];
    }

    public IReadOnlyCollection<ParsedNode> Parse()
    {
        var enabled = nodes.Select(node => node.Id).ToHashSet();
        foreach (var draft in drafts.Where(draft => enabled.Contains(draft.Id) && draft.Kind != NodeKind.Test))
        {
            var file = draft.Properties?.At.File ?? draft.At.File;
            ParseAll(new Subject(draft.Id, draft.Package, draft.Version is null ? draft.Name : $"{draft.Name}_v{draft.Version}", "", draft.Version is null ? $"ref('{draft.Name}')" : $"ref('{draft.Name}', version='{draft.Version}')", file), draft.Tests, draft.Columns);
        }
        foreach (var source in parser.References.Sources)
        {
            var subject = new Subject(source.Id, source.Package, $"{source.Source}_{source.Name}", "source_", $"source('{source.Source}', '{source.Name}')", source.At.File) { Tags = source.Tags };
            ParseAll(subject, source.Tests, source.Columns);
        }
        return made.Values;
    }

    private void ParseAll(Subject subject, IReadOnlyList<TestDeclaration> tests, IReadOnlyList<ColumnProperties> columns)
    {
        foreach (var test in tests) ParseOne(subject, test, null);
        foreach (var column in columns)
        {
            foreach (var test in column.Tests) ParseOne(subject, test, column);
        }
    }

    private void ParseOne(Subject subject, TestDeclaration test, ColumnProperties? column)
    {
        try
        {
            if (Make(subject, test, column) is { } node && !made.TryAdd(node.Id, node))
                parser.Problems.Add(ErrorCodes.DuplicateName, test.At, $"the test '{node.Name}' is asked for twice; the other is at {made[node.Id].At}", "Remove one, or give one a name of its own.");
        }
        catch (TemplateException error)
        {
            parser.Problems.Add(TemplateErrors.Of(error, test.At));
        }
    }

    private ParsedNode? Make(Subject subject, TestDeclaration test, ColumnProperties? column)
    {
        if (FindMacro(subject, test) is not { } macro) return null;
        var arguments = Arguments(subject, test, column);
        var name = NameOf(subject, test, arguments);
        var project = parser.Files.Packages.First(package => package.Project.Name == subject.Package).Project;
        string[] fqn = [subject.Package, .. Folders(subject.File, project), name.Full];
        var self = parser.Contexts.Provisional(name.Short);
        var collected = new Collected(self);
        var config = parser.Configs.Resolve("tests", project, fqn, test.Config);
        Collect(macro, subject, arguments, config, self, collected, test.At);
        config = parser.Configs.Resolve("tests", project, fqn, collected.Config, Tags(subject, column), test.Config);
        if (!config.Enabled || parser.TestReferences.Resolve(collected, subject.Package, name.Full) is not { } dependsOn) return null;
        var node = new ParsedNode
        {
            Id = $"test.{subject.Package}.{name.Full}.{TestName.Hash(name.Full, test.Name, test.Namespace, arguments)}",
            Name = name.Full,
            Package = subject.Package,
            Kind = NodeKind.Test,
            Path = $"{subject.File}/{name.Short}.sql",
            At = test.At,
            Fqn = fqn,
            RawCode = $"{{{{ {(test.Namespace is null ? "" : test.Namespace + ".")}test_{test.Name}(**_dbt_generic_test_kwargs) }}}}",
            Config = config,
            Description = test.Description,
            DependsOn = dependsOn,
            Test = new GenericTest(test.Name, test.Namespace, arguments, column?.Name, subject.Id),
        };
        return Place(node, name.Short, self);
    }

    /// <summary>Where its failing rows would be kept; a name that is too long is kept under its short form.</summary>
    private ParsedNode Place(ParsedNode node, string shortName, RelationValue self)
    {
        var named = node.Config.Alias is null && shortName != node.Name ? node with { Config = node.Config.With("alias", shortName) } : node;
        var place = parser.Placer.Place(named, config => parser.Contexts.Make(node.Package, node.At, config, self, new Collected(self)));
        return named with { Database = place.Database, Schema = place.Schema ?? "", Alias = place.Identifier ?? "" };
    }

    private PackageMacro? FindMacro(Subject subject, TestDeclaration test)
    {
        var name = $"test_{test.Name}";
        var macro = test.Namespace is { } package ? parser.Macros.FindIn(package, name) : parser.Macros.Find(name, subject.Package);
        if (macro is not null) return macro;
        var known = parser.Macros.All.Where(candidate => candidate.Macro.Kind == MacroKind.Test).Select(candidate => candidate.Macro.Name).Distinct().ToList();
        parser.Problems.Add(ErrorCodes.UnknownName, test.At, $"there is no generic test '{(test.Namespace is null ? "" : test.Namespace + ".")}{test.Name}'", Nearest.Hint(test.Name, known));
        return null;
    }

    /// <summary>In dbt's order: what YAML gives, then the column's name; <c>model</c> is an expression that is evaluated later.</summary>
    private static Dictionary<string, object?> Arguments(Subject subject, TestDeclaration test, ColumnProperties? column)
    {
        var arguments = new Dictionary<string, object?>(test.Arguments, StringComparer.Ordinal);
        if (column is not null) arguments["column_name"] = column.Quote ? Identifier.Quote(column.Name) : column.Name;
        arguments["model"] = $"{{{{ get_where_subquery({subject.Expression}) }}}}";
        return arguments;
    }

    private static TestName NameOf(Subject subject, TestDeclaration test, Dictionary<string, object?> arguments)
    {
        if (test.GivenName is { } given) return new TestName(given, Identifier.Shorten(given));
        var prefix = subject.Prefix + test.Name;
        return TestName.Of(test.Namespace is null ? prefix : $"{test.Namespace}_{prefix}", subject.NamePart, arguments);
    }

    /// <summary>The engine's four tests read nothing but their arguments; others are rendered, because a macro may refer to anything.</summary>
    private void Collect(PackageMacro macro, Subject subject, Dictionary<string, object?> arguments, NodeConfig config, RelationValue self, Collected collected, SourcePosition at)
    {
        var context = parser.Contexts.Make(subject.Package, at, config, self, collected);
        var values = TestArguments.Evaluate(arguments, context);
        if (IsEngines(macro, subject.Package)) return;
        context.Bind(macro).Call(new CallArguments(context.Templates, [], [.. values]));
    }

    private bool IsEngines(PackageMacro macro, string package) =>
        macro.Package == EmbeddedMacros.Package && parser.Macros.Dispatch(macro.Name, EmbeddedMacros.Package, package) is { Package: EmbeddedMacros.Package };

    private static Dictionary<string, object?> Tags(Subject subject, ColumnProperties? column)
    {
        var tags = column is null ? subject.Tags : [.. subject.Tags, .. column.Tags];
        return tags.Count == 0 ? [] : new() { ["tags"] = tags.ToList<object?>() };
    }

    /// <summary>The folders of a properties file below its search path, which is the first part of its path in the package.</summary>
    private string[] Folders(string file, DbtProject project)
    {
        var package = Path.GetRelativePath(parser.Files.Folder, project.Folder).Replace(Path.DirectorySeparatorChar, '/');
        var below = file.StartsWith(package + "/", StringComparison.Ordinal) ? file[(package.Length + 1)..] : file;
        var parts = below.Split('/');
        return parts.Length <= 2 ? [] : parts[1..^1];
    }
}
