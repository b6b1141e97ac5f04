using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>dbt's <c>target</c>. It never holds the password.</summary>
internal static class TargetValue
{
    public static JinjaDict Of(ProfileTarget target)
    {
        var dict = new JinjaDict();
        dict["name"] = target.Name;
        dict["target_name"] = target.Name;
        dict["profile_name"] = target.ProfileName;
        dict["type"] = "postgres";
        dict["schema"] = target.Schema;
        dict["database"] = target.Database;
        dict["dbname"] = target.Database;
        dict["host"] = target.Host;
        dict["port"] = (long)target.Port;
        dict["user"] = target.User;
        dict["threads"] = (long)target.Threads;
        foreach (var (key, value) in target.Settings) dict[key] = value;
        return dict;
    }
}
