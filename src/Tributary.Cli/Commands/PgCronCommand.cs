using System.CommandLine;
using Tributary.Core.Jobs;
using Tributary.Core.Models;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>pg-cron</c>: prints the jobs for those who let pg_cron refresh their materialized views by the clock. Touches nothing.</summary>
internal static class PgCronCommand
{
    public static Command Create() =>
        new Command("pg-cron", "Print pg_cron's jobs for the materialized views that say when, by meta.tributary.schedule, in the project's zone.").WithAction(async (invocation, cancel) =>
        {
            var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(project.File.Zone);
            var views = project.Models?.Refreshes ?? [];
            if (views.Count == 0)
            {
                invocation.Complain("No materialized view of this project has a schedule; write config: { meta: { tributary: { schedule: \"45 0 * * *\" } } } at one.");
                return 0;
            }
            invocation.WriteLine($"-- {zone.Id}; pg_cron counts in GMT. Run as the owner of the views, in the database in which pg_cron is installed.");
            foreach (var (view, cron) in views.Select(view => (View: view, Cron: CronOf(view))).OrderBy(one => one.Cron.TimesOn(FirstDay(one.Cron)).First().TimeOfDay))
                invocation.WriteLine(PgCronJob.Text($"refresh {view.Name}", $"refresh materialized view {(view.HasKey ? "concurrently " : "")}{view.Relation.Sql}", cron, zone, invocation.Clock.GetUtcNow().UtcDateTime));
            return 0;
        });

    private static DateOnly FirstDay(Cron cron)
    {
        var day = new DateOnly(2000, 1, 1);
        while (!cron.TimesOn(day).Any()) day = day.AddDays(1); // a cron line is due some day, or it could not be read
        return day;
    }

    private static Cron CronOf(RefreshSchedule view)
    {
        try
        {
            return Cron.Parse(view.Cron);
        }
        catch (FormatException wrong)
        {
            throw new UserErrorException(ErrorCodes.InvalidValue, view.At, $"The schedule '{Excerpt.Of(view.Cron)}' of {view.Name} cannot be read: {wrong.Message}.", "Write five fields: minute, hour, day of month, month, day of week, such as 45 0 * * *.");
        }
    }
}
