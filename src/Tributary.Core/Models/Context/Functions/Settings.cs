using System.Text.RegularExpressions;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>
/// <c>setting('name', default)</c>: what operators have set, read once when the run starts. It stands in the compiled SQL, so a model
/// whose setting changed is built again. While a project is read it is a sample of its type.
/// </summary>
internal static partial class Settings
{
    public static Function Function(NodeContext context) => new("setting", "name, default=None", a =>
    {
        var name = a.Text(0);
        var settings = context.Node.Settings;
        if (Find(settings.SettingSamples, name) is not { } sample)
            throw new TemplateException($"'{name}' is not declared in settings.yml", "Declare it there with its type.");
        if (context.Run is not { } run || !context.IsExecuting) return PlainObject.ToTemplate(sample);
        if (run.Settings.TryGetValue(name, out var value)) return PlainObject.ToTemplate(value);
        return a[1] ?? (Find(settings.SettingDefaults, name) is { } usual ? PlainObject.ToTemplate(usual)
            : throw new TemplateException($"nobody has set the setting '{name}'", $"tributary settings set {name} VALUE, or give a default: setting('{name}', …)."));
    });

    private static object? Find(IReadOnlyDictionary<string, object?> byName, string name) =>
        byName.GetValueOrDefault(name) ?? byName.GetValueOrDefault(Year().Replace(name, "{year}", 1));

    [GeneratedRegex("[0-9]{4}")]
    private static partial Regex Year();
}
