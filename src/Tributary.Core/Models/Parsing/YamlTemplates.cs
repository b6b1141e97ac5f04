using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Text;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>
/// Renders the strings of YAML files that hold Jinja: <c>var</c>, <c>env_var</c>, <c>target</c> and what else needs no project is
/// known there. <c>dbt_project.yml</c> sees only the variables of the command line, properties those of their package too.
/// </summary>
internal sealed class YamlTemplates(ModelSettings settings, Problems problems)
{
    /// <summary>For <c>dbt_project.yml</c> itself, whichever package it belongs to.</summary>
    public Func<string, SourcePosition, object?> OfProjectFile() => Renderer(null, null);

    /// <summary>For the properties of one package.</summary>
    public Func<string, SourcePosition, object?> Of(DbtProject root, DbtProject own) => Renderer(root, own);

    /// <summary>What descriptions see besides docs blocks.</summary>
    public IScope ScopeOf(DbtProject root, string package, SourcePosition at) => new YamlScope(settings, root, new Variables(settings, root, null, package), at);

    /// <summary>For <c>profiles.yml</c> and <c>packages.yml</c>, which may read secrets.</summary>
    public Func<string, SourcePosition, object?> OfProfile() => Renderer(null, null, withSecrets: true);

    private Func<string, SourcePosition, object?> Renderer(DbtProject? root, DbtProject? own, bool withSecrets = false)
    {
        var variables = new Variables(settings, root, own, own?.Name ?? "");
        return (text, at) => Render(text, at, Outer(new YamlScope(settings, root, variables, at), withSecrets));
    }

    private IScope Outer(YamlScope scope, bool withSecrets) =>
        withSecrets ? new Scope(scope) { ["env_var"] = EnvironmentFunction.Make(settings, withSecrets: true) } : scope;

    /// <summary>The value of a template that is one expression, or the text of any other; a problem when it is wrong.</summary>
    private object? Render(string text, SourcePosition at, IScope scope)
    {
        try
        {
            return PlainObject.From(Template.Parse(text, at.File).Evaluate(new TemplateContext(scope)));
        }
        catch (TemplateException error)
        {
            problems.Add(ErrorCodes.TemplateError, at, $"{error.Message} in '{Excerpt.Of(text)}'", error.Hint);
            return text;
        }
    }

    /// <summary>The names that dbt puts into its YAML: no macros, no relations, nothing of a node.</summary>
    private sealed class YamlScope(ModelSettings settings, DbtProject? root, Variables variables, SourcePosition at) : IScope
    {
        private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
        {
            "env_var", "var", "target", "flags", "modules", "dbt_version", "run_started_at", "invocation_id", "project_name", "thread_id",
            "exceptions", "log", "print", "set", "set_strict", "zip", "zip_strict", "fromjson", "tojson", "fromyaml", "toyaml", "local_md5", "diff_of_two_dicts",
        };

        private NodeContext? context;

        public IEnumerable<string> Names => Known;

        public bool TryGet(string name, out object? value)
        {
            value = null;
            return Known.Contains(name) && ContextMembers.TryMake(context ??= Make(), name, out value);
        }

        private NodeContext Make()
        {
            var project = root ?? new DbtProject { Name = "", Folder = "", At = at };
            var self = new RelationValue();
            var names = new NodeNames(MacroLibrary.Empty(project), settings, project)
            {
                Package = project.Name,
                At = at,
                Variables = variables,
                Config = new NodeConfig(EmptyMap.Instance),
                This = self,
                Picture = static () => [],
            };
            return new NodeContext(names, new Collected(self), execute: false);
        }
    }
}
