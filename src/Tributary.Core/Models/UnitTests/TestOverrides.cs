using Tributary.Core.Models.Context;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Text.Yaml;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.UnitTests;

/// <summary>
/// What a test puts in place of the project's: what a macro returns or a name of the context means (<c>is_incremental</c>,
/// <c>dbt_utils.star</c>), variables, variables of the environment.
/// </summary>
public sealed record TestOverrides(IReadOnlyDictionary<string, object?> Macros, IReadOnlyDictionary<string, object?> Vars, IReadOnlyDictionary<string, object?> EnvironmentVariables)
{
    public static readonly TestOverrides None = new(EmptyMap.Instance, EmptyMap.Instance, EmptyMap.Instance);

    internal static TestOverrides Read(YamlMap? map, YamlValues values)
    {
        return map is null ? None : new TestOverrides(Below("macros"), Below("vars"), Below("env_vars"));

        IReadOnlyDictionary<string, object?> Below(string key) => values.MapAt(map, key) is { } below ? values.Map(below) : EmptyMap.Instance;
    }

    /// <summary>The project's settings with the test's variables over them.</summary>
    internal ModelSettings Over(ModelSettings settings)
    {
        var vars = new Dictionary<string, object?>(settings.Vars, StringComparer.Ordinal);
        foreach (var (name, value) in Vars) vars[name] = value;
        var environment = settings.Environment;
        return settings with { Vars = vars, Environment = name => EnvironmentVariables.TryGetValue(name, out var value) ? PythonText.Of(value) : environment(name) };
    }

    internal void Apply(NodeContext context)
    {
        foreach (var (name, value) in Macros) Apply(context, name, value);
    }

    /// <summary>A macro answers what the test says; a plain name of the context is it. The engine's macros have two names, with <c>dbt.</c> and without.</summary>
    private static void Apply(NodeContext context, string name, object? value)
    {
        var dot = name.IndexOf('.');
        var (package, macro) = dot < 0 ? (EmbeddedMacros.Package, name) : (name[..dot], name[(dot + 1)..]);
        var given = PlainObject.ToTemplate(value);
        var answer = new Function(macro, "*args, **kwargs", _ => given);
        var isMacro = context.Node.Macros.FindIn(package, macro) is not null;
        if (isMacro) context.Replace(package, macro, answer);
        if (dot >= 0 && package != EmbeddedMacros.Package) return;
        context[macro] = isMacro || (context.TryGet(macro, out var known) && known is ICallable) ? answer : value;
    }
}
