using Tributary.Core.Graph;
using Tributary.Core.Jobs;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;

namespace Tributary.Core.Runs;

/// <summary>How a setting stands: set, default, missing, soon needed, wrong, or set and no longer declared.</summary>
public sealed record SettingState(string Name, object? Value, string Word, string? ChangedBy = null, DateTime? ChangedAt = null)
{
    public const string Missing = "missing";
    public const string MissingSoon = "missing soon";

    /// <summary>Somebody should look at it now.</summary>
    public bool IsWrong => Word is Missing or "wrong";
}

/// <summary>Holds what is set against what <c>settings.yml</c> declares, on the day of the project's zone.</summary>
public static class SettingStates
{
    public static async Task<IReadOnlyList<SettingState>> ReadAsync(Database database, ProjectKey key, Project project, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(clock);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(project.File.Zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
        return Of(project.Settings, await SettingsStore.ListAsync(database, key, cancel), today);
    }

    internal static IReadOnlyList<SettingState> Of(SettingsFile declared, IReadOnlyList<SettingValue> set, DateOnly today)
    {
        var states = new SortedDictionary<string, SettingState>(StringComparer.Ordinal);
        foreach (var value in set)
        {
            var declaration = declared.Find(value.Name);
            var word = declaration is null ? "not declared" : declaration.TryTake(value.Value, out _, out _) ? "set" : "wrong";
            states[value.Name] = new SettingState(value.Name, value.Value, word, value.ChangedBy, value.ChangedAt);
        }
        foreach (var (name, declaration) in declared.Expected(today))
            states.TryAdd(name, new SettingState(name, declaration.DefaultValue, declaration.DefaultValue is null ? SettingState.Missing : "default"));
        foreach (var (name, declaration) in declared.ExpectedSoon(today).Where(expected => expected.Declaration.DefaultValue is null))
            states.TryAdd(name, new SettingState(name, null, SettingState.MissingSoon));
        return [.. states.Values];
    }
}
