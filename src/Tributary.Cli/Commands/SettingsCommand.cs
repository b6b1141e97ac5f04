using System.CommandLine;
using System.Globalization;
using Tributary.Cli.Output;
using Tributary.Core.Jobs;
using Tributary.Core.Runs;
using Tributary.Core.Runs.Queue;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>settings list·get·set·unset·history·import</c>: values that operators change at run time.</summary>
internal static class SettingsCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The setting." };

    public static Command Create() => new("settings", "Values that operators change at run time, as settings.yml declares them.") { List(), Get(), Set(), Unset(), History(), Import() };

    private static Command List() => new Command("list", "Show every setting that should be there or is, and which are missing.").WithAction(async (invocation, cancel) =>
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        (await SettingsTable.ReadAsync(session, cancel)).Print(invocation);
        return 0;
    });

    private static Command Get() => new Command("get", "Print a setting's value.") { Name }.WithAction(async (invocation, cancel) =>
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        var name = invocation.Get(Name) ?? "";
        var declared = Declared(session, name);
        var value = session.Context.Settings.GetValueOrDefault(name) ?? declared.DefaultValue;
        if (value is null)
        {
            invocation.Complain(new UserError(ErrorCodes.SettingMissing, null, $"nobody has set '{name}'", $"tributary settings set {name} VALUE").ToString());
            return 1;
        }
        invocation.WriteLine(value is List<object?> list && !invocation.AsJson ? string.Join(',', list) : value is string text && !invocation.AsJson ? text : JsonValues.Write(value));
        return 0;
    });

    private static Command Set()
    {
        var value = new Argument<string>("VALUE") { Description = "Its value; a list as CA,TX." };
        return new Command("set", "Set a setting.") { Name, value }.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var name = invocation.Get(Name) ?? "";
            return await ChangeAsync(invocation, session, [(name, Parsed(Declared(session, name), name, invocation.Get(value) ?? ""))], cancel);
        });
    }

    private static Command Unset() => new Command("unset", "Take a setting's value away, so that its default holds.") { Name }.WithAction(async (invocation, cancel) =>
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        return await ChangeAsync(invocation, session, [(invocation.Get(Name) ?? "", null)], cancel);
    });

    private static Command History()
    {
        var name = new Argument<string?>("NAME") { Description = "Only this setting.", Arity = ArgumentArity.ZeroOrOne };
        return new Command("history", "Show who changed what, and when.") { name }.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var key = session.Context.Key;
            (await QueryTable.ReadAsync(session.Context.Database, Sql.Read("Runs/list_setting_changes.sql"), [key.Project, key.Target, invocation.Get(name) ?? ""], cancel)).Print(invocation);
            return 0;
        });
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV with the columns name (or key) and value; a column type (or setting_type) is held against settings.yml." };
        return new Command("import", "Set many settings at once from a CSV: all of them, or none when one is wrong.") { file }.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            return await ChangeAsync(invocation, session, SettingsCsv.Read(invocation.Get(file)!, session.Project.Settings), cancel); // an argument that must be there
        });
    }

    private static async Task<int> ChangeAsync(Invocation invocation, RunSession session, IReadOnlyList<(string Name, object? Value)> changes, CancellationToken cancel)
    {
        var context = session.Context;
        var changed = await SettingsStore.SetAsync(context.Database, context.Key, changes, Environment.UserName, context.Clock.GetUtcNow(), cancel);
        await using var connection = await context.Database.OpenAsync(cancel);
        await Audit.AppendAsync(connection, context, new AuditEntry(Environment.UserName, "settings.changed", new Dictionary<string, string> { ["names"] = string.Join(", ", changes.Select(change => change.Name)), ["changed"] = changed.ToString(CultureInfo.InvariantCulture) }), cancel);
        invocation.WriteLine($"{Quantity.Count(changed, "setting")} changed{(changed == changes.Count ? "" : $", {changes.Count - changed} as before")}.");
        return 0;
    }

    private static SettingDeclaration Declared(RunSession session, string name) => session.Project.Settings.Find(name)
        ?? throw new UserErrorException(ErrorCodes.SettingInvalid, null, $"'{Excerpt.Of(name)}' is not declared in settings.yml.", Nearest.Hint(name, [.. session.Project.Settings.Settings.Keys]));

    private static object? Parsed(SettingDeclaration declared, string name, string text) => declared.TryParse(text, out var value, out var wrong) ? value
        : throw new UserErrorException(ErrorCodes.SettingInvalid, null, $"{name}: {wrong}.", $"It is a {Identifier.Snake(declared.Type.ToString())} ({declared.At}).");
}
