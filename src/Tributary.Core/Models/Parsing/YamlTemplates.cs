using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>Renders the strings of YAML files that hold Jinja: <c>var</c>, <c>env_var</c> and <c>target</c> are known there.</summary>
internal sealed class YamlTemplates(ModelSettings settings, Problems problems)
{
    /// <summary>Whose variables count; null while dbt_project.yml itself is read.</summary>
    public DbtProject? Project { get; set; }

    /// <summary>The value of a template that is one expression, or the text of any other; a problem when it is wrong.</summary>
    public object? Render(string text, SourcePosition at)
    {
        var scope = new Scope();
        scope["target"] = TargetValue.Of(settings.Target);
        scope["env_var"] = EnvironmentFunction.Make(settings);
        scope["var"] = new VarFunction(new Variables(settings, Project, Project, Project?.Name ?? ""), at.File);
        scope["project_name"] = Project?.Name;
        try
        {
            return PlainObject.From(Template.Parse(text, at.File).Evaluate(new TemplateContext(scope)));
        }
        catch (TemplateException error)
        {
            problems.Add(ErrorCodes.TemplateError, at, $"{error.Message} in '{text}'", error.Hint);
            return text;
        }
    }
}
