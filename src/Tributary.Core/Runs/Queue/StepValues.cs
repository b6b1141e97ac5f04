using System.Globalization;
using Npgsql;
using Tributary.Core.Jobs;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Queue;

/// <summary>What a step's <c>for_each</c> and <c>when</c> mean now: settings and queries of the warehouse.</summary>
internal sealed class StepValues(Project project, Job job, Database database, TimeProvider clock, EnvironmentVariables environment)
{
    private const int MostItems = 10_000;

    /// <summary>Every combination, in the order of the file: the last key turns fastest.</summary>
    public async Task<IReadOnlyList<(string Name, IReadOnlyDictionary<string, object?> Vars)>> ExpandAsync(JobStep step, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancel)
    {
        List<Dictionary<string, object?>> found = [[]];
        foreach (var (key, values) in step.ForEach ?? new Dictionary<string, Values>())
        {
            var longer = new List<Dictionary<string, object?>>();
            foreach (var item in found)
            {
                var known = parameters.Concat(item).ToDictionary();
                foreach (var value in await ListAsync(values, known, cancel)) longer.Add(new Dictionary<string, object?>(item) { [key] = value });
                if (longer.Count > MostItems) throw new UserErrorException(ErrorCodes.LimitExceeded, values.At, $"for_each gives more than {MostItems} items", "Make fewer of them.");
            }
            found = longer;
        }
        return [.. found.Select(vars => ($"{step.Title} {string.Join(' ', vars.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))}", (IReadOnlyDictionary<string, object?>)vars))];
    }

    /// <summary>Null when the step may run, else why not.</summary>
    public async Task<string?> RefusalAsync(Condition condition, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancel)
    {
        if (condition.Env is { } variable) return Switch.IsYes(environment.Find(variable)) ? null : $"the variable {variable} is not on";
        if (condition.Query is { } query) return (await QueryAsync(query, parameters, condition.At, cancel)) is [true, ..] ? null : "its query did not answer true";
        var name = Places.Fill(condition.Setting!, parameters, condition.At); // one of the three is there
        var value = await SettingAsync(name, condition.At, cancel);
        var wanted = condition.Is ?? true;
        return JsonValues.Write(value) == JsonValues.Write(wanted) ? null : $"the setting {name} is not {JsonValues.Write(wanted)}";
    }

    /// <summary>A setting's value; throws TRB0704 when it has none.</summary>
    public async Task<object?> SettingAsync(string name, SourcePosition at, CancellationToken cancel)
    {
        var settings = await SettingsStore.ReadAsync(database, project.Key, project.Settings, cancel);
        if (settings.TryGetValue(name, out var value)) return value;
        if (project.Settings.Find(name) is not { } declared) throw new UserErrorException(ErrorCodes.SettingInvalid, at, $"the setting '{name}' is not declared in settings.yml");
        return declared.DefaultValue ?? throw new UserErrorException(ErrorCodes.SettingMissing, at, $"nobody has set the setting '{name}'", $"tributary settings set {name} VALUE");
    }

    private async Task<IReadOnlyList<object?>> ListAsync(Values values, IReadOnlyDictionary<string, object?> known, CancellationToken cancel)
    {
        if (values.List is { } list) return [.. list.Select(item => Places.Fill(item, known, values.At))];
        if (values.Query is { } query) return await QueryAsync(query, known, values.At, cancel);
        if (values.From is { } from) return [.. Range(from, values.To)];
        return await SettingAsync(Places.Fill(values.Setting!, known, values.At), values.At, cancel) as List<object?> // one of the four is there
            ?? throw new UserErrorException(ErrorCodes.SettingInvalid, values.At, "for_each needs a setting of type list");
    }

    private IEnumerable<object?> Range(int from, object? to)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(job.Zone ?? project.File.Zone);
        var last = to is long number ? number : TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Year;
        for (long value = from; value <= last && value - from < MostItems; value++) yield return value;
    }

    /// <summary>The first column, in a transaction that may not write.</summary>
    private async Task<IReadOnlyList<object?>> QueryAsync(string query, IReadOnlyDictionary<string, object?> known, SourcePosition at, CancellationToken cancel)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await using (var mode = new NpgsqlCommand("set transaction read only", connection)) await mode.ExecuteNonQueryAsync(cancel);
            await using var command = new NpgsqlCommand(query, connection);
            foreach (var (name, value) in known.Where(entry => entry.Value is bool or long or double or string && query.Contains($":{entry.Key}", StringComparison.Ordinal)))
                command.Parameters.Add(new(name, value));
            await using var rows = await command.ExecuteReaderAsync(cancel);
            var found = new List<object?>();
            while (await rows.ReadAsync(cancel) && found.Count <= MostItems) found.Add(await rows.IsDBNullAsync(0, cancel) ? null : Plain(rows.GetValue(0)));
            return found;
        }
        catch (PostgresException error)
        {
            throw new UserErrorException(ErrorCodes.DatabaseRefused, at, $"PostgreSQL refused the query: {DatabaseError.From(error).Message}", "It may only read.");
        }
    }

    private static object? Plain(object value) => value switch
    {
        string or bool or long or double => value,
        int or short => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
