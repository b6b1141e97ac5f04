using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>What templates may know of the call that runs them.</summary>
internal static class Invocation
{
    /// <summary>The run's id in the form that dbt gives to it.</summary>
    public static object? Id(NodeContext context) =>
        Guid.TryParseExact(context.Run?.RunId, "N", out var id) ? id.ToString("D") : context.Run?.RunId ?? Guid.Empty.ToString("D");

    public static object? Arguments(NodeContext context)
    {
        var arguments = PlainObject.ToDict(context.Node.Settings.Call.Arguments);
        arguments["which"] = context.Node.Settings.Verb;
        arguments["full_refresh"] = context.Run?.FullRefresh ?? arguments.TryGet("full_refresh", out var asked) && asked is true;
        foreach (var key in new[] { "select", "exclude" }) if (!arguments.Contains(key)) arguments[key] = new List<object?>();
        if (!arguments.Contains("vars")) arguments["vars"] = PlainObject.ToDict(context.Node.Settings.Vars);
        if (!arguments.Contains("target")) arguments["target"] = context.Node.Settings.Target.Name;
        return arguments;
    }

    /// <summary><c>try_or_compiler_error('message', function, …)</c>: the function's answer, or the message as an error.</summary>
    public static object? Try(NodeContext context, BoundArguments a)
    {
        if (a[1] is not ICallable function) throw new TemplateException("try_or_compiler_error() needs a function");
        try
        {
            return function.Call(new CallArguments(context.Templates, [.. a.Rest], [.. a.NamedRest]));
        }
        catch (TemplateException error)
        {
            throw new TemplateException(a.Text(0), inner: error);
        }
    }
}
