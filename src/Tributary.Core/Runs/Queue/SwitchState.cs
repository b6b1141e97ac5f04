using Tributary.Core.Jobs;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Queue;

/// <summary>Whether a job is on now.</summary>
public static class SwitchState
{
    /// <summary>Null when it is on, else why not. A setting that nobody has set is off.</summary>
    public static async Task<string?> OffAsync(Job job, Project project, Database database, EnvironmentVariables environment, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(environment);
        if (job.Switch?.Env is { } variable) return Switch.IsYes(environment.Find(variable)) ? null : $"the variable {variable} is not on";
        if (job.Switch?.Setting is not { } name) return null;
        var settings = await SettingsStore.ReadAsync(database, project.Key, project.Settings, cancel);
        return settings.GetValueOrDefault(name) is true ? null : $"the setting {name} is not true";
    }
}
