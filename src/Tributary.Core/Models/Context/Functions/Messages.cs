using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary><c>log</c>, <c>print</c> and warnings of templates. They speak only while a node runs, not while references are collected.</summary>
internal static class Messages
{
    public static Function Log(NodeContext context) => new("log", "msg, info=False", a =>
    {
        if (context is { IsExecuting: true, Run: { } run }) ModelLog.FromTemplate(run.Logger, context.Node.At.File, Text(a[0]));
        return "";
    });

    public static Function Print(NodeContext context) => new("print", "msg", a =>
    {
        if (context is { IsExecuting: true, Run: { } run }) ModelLog.FromTemplate(run.Logger, context.Node.At.File, Text(a[0]));
        return "";
    });

    public static string Warn(NodeContext context, string message)
    {
        if (context is { IsExecuting: true, Run: { } run }) ModelLog.Warning(run.Logger, context.Here.ToString(), message);
        return "";
    }

    private static string Text(object? value) => PythonText.Of(PlainObject.From(value));
}
