using Tributary.Core.Exports;
using Tributary.Core.Ingest;
using Tributary.Core.Jobs;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>What the files of jobs name must be there: streams, exports, jobs, hooks, settings, places; and no job waits for itself.</summary>
internal sealed class JobCheck(IReadOnlyDictionary<string, Job> jobs, SettingsFile settings, Problems problems)
{
    public void Run(IReadOnlyDictionary<string, Source> sources, IReadOnlyDictionary<string, Export> exports, ServeConfig? serve)
    {
        var streams = sources.Values.SelectMany(source => source.ListStreams()).Select(stream => stream.Key).Concat(sources.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var job in jobs.Values)
        {
            foreach (var step in job.Steps) CheckStep(job, step, streams, [.. exports.Keys]);
            foreach (var schedule in job.Schedules ?? []) CheckSchedule(schedule, serve);
            if (job.Switch?.Setting is { } name && settings.Find(name) is not { Type: SettingType.Boolean })
                problems.Add(ErrorCodes.JobInvalid, job.Switch.At, $"switch: '{Excerpt.Of(name)}' is no setting of type boolean", Hint(name));
        }
        foreach (var job in jobs.Values.Where(WaitsForItself))
            problems.Add(ErrorCodes.JobInvalid, job.At, $"the job '{job.Name}' is due after itself, through: {string.Join(", ", Before(job).Order(StringComparer.Ordinal))}", "Take one `after` out.");
    }

    private void CheckSchedule(Schedule schedule, ServeConfig? serve)
    {
        if (schedule.After is { } before && !jobs.ContainsKey(before))
            problems.Add(ErrorCodes.UnknownName, schedule.At, $"after: there is no job '{Excerpt.Of(before)}'", Nearest.Hint(before, [.. jobs.Keys]));
        var hooks = serve?.Hooks?.Keys.ToList() ?? [];
        if (schedule.Hook is { } hook && !hooks.Contains(hook))
            problems.Add(ErrorCodes.UnknownName, schedule.At, $"hook: serve.hooks has no '{Excerpt.Of(hook)}'", Nearest.Hint(hook, hooks));
    }

    private void CheckStep(Job job, JobStep step, HashSet<string> streams, IReadOnlyCollection<string> exports)
    {
        Known(step, "sync", step.Sync, streams);
        Known(step, "export", step.Export, exports);
        var names = (job.Parameters?.Keys ?? []).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, values) in step.ForEach ?? new Dictionary<string, Values>())
        {
            Places(values.Setting, names, values.At);
            if (values.Setting is { } list) Declared(list, SettingType.List, values.At);
            if (!names.Add(key)) problems.Add(ErrorCodes.DuplicateName, values.At, $"for_each: '{Excerpt.Of(key)}' is a parameter of the job too", "Rename one.");
        }
        if (step.When is { } when)
        {
            Places(when.Setting, (job.Parameters?.Keys ?? []).ToHashSet(StringComparer.Ordinal), when.At);
            if (when.Setting is { } condition) Declared(condition, null, when.At);
        }
        names.UnionWith(["job", "due"]);
        names.UnionWith(step.Vars?.Keys ?? []);
        foreach (var text in (step.Vars?.Values ?? []).Concat(step.RunOperation?.Args?.Values ?? []).OfType<string>()) Places(text, names, step.At);
    }

    private void Known(JobStep step, string key, IReadOnlyList<string>? words, IReadOnlyCollection<string> known)
    {
        foreach (var word in (words ?? []).Where(word => word != JobStep.Everything && !known.Contains(word)))
            problems.Add(ErrorCodes.UnknownName, step.At, $"{key}: there is no '{Excerpt.Of(word)}'", Nearest.Hint(word, [.. known]));
    }

    private void Places(string? text, HashSet<string> names, SourcePosition at)
    {
        foreach (var name in Jobs.Places.NamesIn(text ?? "").Where(name => !names.Contains(name)))
            problems.Add(ErrorCodes.UnknownName, at, $"'{Excerpt.Of(text ?? "")}': nothing is called {{{name}}}", Nearest.Hint(name, names));
    }

    /// <summary>A name with places is held against declarations with any year in the places.</summary>
    private void Declared(string name, SettingType? type, SourcePosition at)
    {
        var some = Jobs.Places.NamesIn(name).Aggregate(name, (text, place) => text.Replace($"{{{place}}}", "9999", StringComparison.Ordinal));
        if (settings.Find(some) is not { } declaration)
        {
            // Places may stand for more than years; only a name without them can be refused for sure.
            if (some == name) problems.Add(ErrorCodes.SettingInvalid, at, $"'{Excerpt.Of(name)}' is not declared in settings.yml", Hint(name));
            return;
        }
        if (type is not null && declaration.Type != type)
            problems.Add(ErrorCodes.SettingInvalid, at, $"'{Excerpt.Of(name)}' is a {Identifier.Snake(declaration.Type.ToString())}, expected a {Identifier.Snake(type.Value.ToString())}");
    }

    private string Hint(string name) => Nearest.Hint(name, [.. settings.Settings.Keys]);

    private bool WaitsForItself(Job job) => Before(job).Contains(job.Name);

    private HashSet<string> Before(Job job)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Job>([job]);
        while (open.TryDequeue(out var next))
        {
            foreach (var name in (next.Schedules ?? []).Select(schedule => schedule.After).OfType<string>())
                if (jobs.TryGetValue(name, out var before) && found.Add(name)) open.Enqueue(before);
        }
        return found;
    }
}
