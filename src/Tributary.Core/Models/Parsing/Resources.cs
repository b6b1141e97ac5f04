using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>Settles what properties declare besides nodes: which of it is enabled, and which ids it reads.</summary>
internal sealed class Resources(ModelParser parser, DocBlocks docs)
{
    private readonly Dictionary<string, DeclaredResource> known = new(StringComparer.Ordinal);

    public IReadOnlyList<DeclaredResource> Resolve()
    {
        foreach (var resource in parser.Files.Resources) Add(resource);
        return [.. known.Values.Select(Finish)];
    }

    private void Add(DeclaredResource resource)
    {
        var project = parser.Files.Packages.First(package => package.Project.Name == resource.Package).Project;
        var section = resource.Kind == "saved_query" ? "saved_queries" : resource.Kind + "s";
        var config = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var level in FolderConfig.Levels(project, section, resource.Fqn)) ConfigMerge.Apply(config, level);
        ConfigMerge.Apply(config, resource.Config);
        if (project != parser.Files.Project)
        {
            foreach (var level in FolderConfig.Levels(parser.Files.Project, section, resource.Fqn)) ConfigMerge.Apply(config, level);
        }
        if (!new NodeConfig(config).Enabled) return;
        if (!known.TryAdd(resource.Id, resource with { Config = config }))
            parser.Problems.Add(ErrorCodes.DuplicateName, resource.At, $"the {resource.Kind.Replace('_', ' ')} '{resource.Name}' is declared twice; the other is at {known[resource.Id].At}", "Remove one of them.");
    }

    private DeclaredResource Finish(DeclaredResource resource)
    {
        var values = new Dictionary<string, object?>(resource.Values, StringComparer.Ordinal);
        var ids = new List<string>();
        try
        {
            if (resource.Description.Length > 0) values["description"] = docs.Render(resource.Description, resource.Package, resource.At);
            foreach (var (text, at) in resource.Reads)
            {
                if (IdOf(text, at, resource) is { } id && !ids.Contains(id)) ids.Add(id);
            }
        }
        catch (UserErrorException error)
        {
            parser.Problems.Add(error);
        }
        return resource with { Values = values, DependsOn = ids };
    }

    /// <summary>The id that <c>ref('x')</c>, <c>source('x', 'y')</c> or <c>metric('x')</c> means.</summary>
    private string? IdOf(string text, SourcePosition at, DeclaredResource resource)
    {
        var call = Call(text, at);
        var words = call?.Arguments.Positional.Select(argument => (argument as LiteralExpression)?.Value as string).ToList() ?? [];
        switch ((call?.Callee as NameExpression)?.Name, words)
        {
            case ("ref", [{ } name]): return Ref(null, name, call!, at, resource);
            case ("ref", [{ } package, { } name]): return Ref(package, name, call!, at, resource);
            case ("source", [{ } source, { } table]):
                return parser.References.FindSource(source, table, resource.Package)?.Id ?? throw new UserErrorException([parser.References.UnknownSource(source, table, at)]);
            case ("metric", [.., { } metric]):
                return known.Values.FirstOrDefault(other => other.Kind == "metric" && other.Name == metric)?.Id
                    ?? throw new UserErrorException(ErrorCodes.UnknownReference, at, $"metric('{metric}'): nothing declares such a metric", Nearest.Hint(metric, [.. known.Values.Where(other => other.Kind == "metric").Select(other => other.Name)]));
        }
        throw new UserErrorException(ErrorCodes.InvalidValue, at, $"'{Excerpt.Of(text)}' says nothing that {resource.Kind} '{resource.Name}' could read", "Write ref('model'), source('source', 'table') or metric('metric').");
    }

    private string Ref(string? package, string name, CallExpression call, SourcePosition at, DeclaredResource resource)
    {
        var given = call.Arguments.Named.FirstOrDefault(pair => pair.Key is "v" or "version").Value as LiteralExpression;
        var version = given is null ? null : PythonText.Of(given.Value);
        return parser.References.Find(name, package, resource.Package, version)?.Id
            ?? throw new UserErrorException([parser.References.UnknownReference(name, package, at, version)]);
    }

    private static CallExpression? Call(string text, SourcePosition at)
    {
        try
        {
            return Template.Parse($"{{{{ {text} }}}}", at.File).Body is [OutputStatement { Expression: CallExpression call }] ? call : null;
        }
        catch (TemplateException)
        {
            return null;
        }
    }
}
