using Microsoft.Extensions.Logging;

namespace Tributary.Core.Models.Context.Functions;

/// <summary><c>log</c>, <c>print</c> and warnings of templates. They speak only while a node runs, not while references are collected.</summary>
internal static class Messages
{
    /// <summary>With <c>info=True</c> it is for everyone, else for those who look for it.</summary>
    public static Jinja.Values.Function Log(NodeContext context) => new("log", "msg, info=False", a =>
    {
        if (context is not { IsExecuting: true, Run: { } run }) return "";
        var text = a.Context.TextOf(a[0]);
        if (a.IsTrue(1)) run.Say(text);
        ModelLog.FromTemplate(run.Logger, a.IsTrue(1) ? LogLevel.Information : LogLevel.Debug, context.Node.At.File, text);
        return "";
    });

    public static Jinja.Values.Function Print(NodeContext context) => new("print", "msg", a =>
    {
        if (context is { IsExecuting: true, Run: { } run }) run.Print(a.Context.TextOf(a[0]));
        return "";
    });

    public static string Warn(NodeContext context, string message)
    {
        if (context is { IsExecuting: true, Run: { } run }) ModelLog.Warning(run.Logger, context.Here.ToString(), message);
        return "";
    }
}
