using System.Globalization;
using System.Text;
using Tributary.Core.Runs.Serving;

namespace Tributary.Web;

/// <summary>Measures in the text form that Prometheus reads (exposition format 0.0.4).</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly (string Name, string Help)[] Known =
    [
        ("up", "1 when the warehouse answers."),
        ("last_look_timestamp_seconds", "When the last look for news ended."),
        ("last_look_well", "1 when all that the last look found went well."),
        ("stream_last_load_timestamp_seconds", "When rows of the stream were last committed."),
        ("stream_loads_total", "Committed batches of the stream."),
        ("stream_open_rejects", "Records of the stream that could not be loaded and still wait."),
        ("stream_behind_changes", "Changes that the source had and the last batch did not, where the source tells."),
        ("stream_behind_seconds", "Seconds since the stream was known to be up to date; 0 while it is followed live."),
        ("stream_rows_per_second", "Rows committed per second in the minute that ended with the last batch."),
        ("stream_followed", "1 while a process follows the stream live or loads it."),
        ("stream_failing", "1 while the last attempt to read the stream failed."),
        ("view_stale", "1 while a materialized view made by hand could not be refreshed."),
        ("source_last_drop_timestamp_seconds", "The instant in the name of the newest drop that the source's datasets took."),
        ("node_stale", "1 while readers see an older result, because the last build failed."),
        ("runs_total", "Runs by status."),
        ("run_last_end_timestamp_seconds", "When the last run of that status ended."),
        ("export_last_delivery_timestamp_seconds", "When the export was last delivered."),
        ("job_runs_total", "Runs of jobs that ended, by state."),
        ("job_runs_open", "Runs of jobs that wait or are on."),
        ("job_last_success_timestamp_seconds", "When the job last succeeded."),
    ];

    public static string Write(IReadOnlyList<Measure> measures, string project, string target)
    {
        var text = new StringBuilder();
        foreach (var (name, help) in Known)
        {
            var values = measures.Where(measure => measure.Name == name).ToList();
            if (values.Count == 0) continue;
            var kind = name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge";
            text.Append(CultureInfo.InvariantCulture, $"# HELP tributary_{name} {help}\n# TYPE tributary_{name} {kind}\n");
            foreach (var value in values)
            {
                var label = value.Label is null ? "" : $",{value.Label}=\"{Escape(value.Of ?? "")}\"";
                text.Append(CultureInfo.InvariantCulture, $"tributary_{name}{{project=\"{Escape(project)}\",target=\"{Escape(target)}\"{label}}} {value.Value:R}\n");
            }
        }
        return text.ToString();
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
