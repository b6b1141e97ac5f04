using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>
/// <c>var('name', default)</c> and <c>var.has_var('name')</c>. While references are collected a variable that nobody set is none:
/// what reads it may never run. A value that is a template is rendered where it is asked for, so that a variable may hold a
/// <c>ref</c> or <c>source</c>: packages let projects choose their inputs so.
/// </summary>
internal sealed class VarFunction(Variables variables, string where, TemplateContext templates, bool isParsing = false) : ContextObject, ICallable
{
    private static readonly object NotGiven = new();

    public override string TypeName => "Var";

    public object? Call(CallArguments arguments)
    {
        if ((arguments.Positional.Count > 0 ? arguments.Positional[0] : Named(arguments, "var")) is not string name)
            throw new TemplateException("var() needs the name of a variable");
        if (variables.TryGet(name, out var value)) return value is string text ? Rendered(text) : PlainObject.ToTemplate(value);
        var usual = arguments.Positional.Count > 1 ? arguments.Positional[1] : Named(arguments, "default");
        if (!ReferenceEquals(usual, NotGiven)) return usual;
        if (isParsing) return null;
        throw Missing(name, variables, where);
    }

    private string Rendered(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) || text.Contains("{#", StringComparison.Ordinal)
            ? Template.Parse(text, where).Render(templates)
            : text;

    public static TemplateException Missing(string name, Variables variables, string where) => new(
        $"no variable '{name}' is set, and {where} gives no default",
        $"Set it below vars: in dbt_project.yml or by --vars, or write var('{name}', …). {Nearest.Hint(name, [.. variables.Names])}");

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name == "has_var" ? Method("has_var", "var", a => variables.TryGet(a.Text(0), out _)) : null;
        return value is not null;
    }

    private static object? Named(CallArguments arguments, string name) => arguments.TryGetNamed(name, out var value) ? value : NotGiven;
}
