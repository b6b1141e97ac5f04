using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Configs;

/// <summary>Warns of configuration keys that are nearly known ones, in properties and in <c>config()</c> calls.</summary>
internal static class ConfigTypos
{
    /// <summary>The <c>config:</c> map of an entry of properties.</summary>
    public static void Warn(YamlMap owner, Problems problems)
    {
        if (owner.Find("config") is not YamlMap config) return;
        foreach (var entry in config.Entries) Warn(entry.Key, entry.KeyAt, problems);
    }

    public static void Warn(IEnumerable<string>? keys, SourcePosition at, Problems problems)
    {
        foreach (var key in keys ?? []) Warn(key, at, problems);
    }

    private static void Warn(string key, SourcePosition at, Problems problems)
    {
        if (ConfigKeys.MeantBy(key) is { } meant)
            problems.Warn(ErrorCodes.UnknownKey, at, $"'{Excerpt.Of(key)}' is no configuration that dbt knows", $"Did you mean '{meant}'?");
    }
}
