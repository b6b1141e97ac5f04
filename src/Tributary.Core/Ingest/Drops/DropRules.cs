using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest.Drops;

/// <summary>What a drop is called, and when it is complete.</summary>
public sealed record DropRules(
    [Description("The drop's folder below the source's path, with {timestamp} in it: karo_upload{timestamp}.")] string Pattern = "{timestamp}",
    [Description("Forms of the timestamp, the first that fits: yyyyMMddHHmmss, yyyy-MM-dd …")][OneOrMany] IReadOnlyList<string>? Timestamp = null,
    [Description("IANA zone of timestamps without an offset; default: UTC.")] string Zone = "UTC",
    [Description("A drop without marker is complete when its expected files are there and nothing in it changed for so long; 0s takes it at once.")] TimeSpan? Quiet = null,
    [Description("A drop that lacks expected files is taken as it is when nothing in it changed for so long.")] TimeSpan? Patience = null,
    [Description("A file whose being there says that the drop is complete; then nothing else is waited for.")] string? Marker = null,
    [Description("Earlier drops are left alone.")] DateOnly? Since = null,
    [Description("When a drop holds files that belong to no dataset: note them, or hold the drop.")] UnknownFiles UnknownFiles = UnknownFiles.Note,
    [Description("The time of day, in the zone, by which a drop of that day has come, such as 06:00; `tributary status` tells when none has.")] string? ExpectedBy = null) : IValidated
{
    private const string Clock = "HH:mm";

    /// <summary>The day whose drop should have come by now and has not, by the instant of the newest one; null when nothing is missing, or nothing is expected.</summary>
    public DateOnly? Overdue(DateTimeOffset? newest, DateTimeOffset now)
    {
        if (ExpectedBy is null || !TimeOnly.TryParseExact(ExpectedBy, Clock, out var by)) return null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var day = DateOnly.FromDateTime(TimeOnly.FromDateTime(local) >= by ? local : local.AddDays(-1));
        return newest is { } last && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(last, zone).DateTime) >= day ? null : day;
    }

    internal TimeSpan QuietTime => Quiet ?? TimeSpan.FromMinutes(5);

    internal TimeSpan PatienceTime => Patience ?? TimeSpan.FromHours(6);

    internal DropPattern Compile() => new(Pattern, Timestamp ?? DropPattern.UsualForms, TimeZoneInfo.FindSystemTimeZoneById(Zone));

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Pattern.Split("{timestamp}").Length != 2) check.Refuse("pattern", "expected {timestamp} once", "Write it as upload{timestamp}.");
        if (Pattern.TrimEnd('/').Contains('/')) check.Refuse("pattern", "a drop is one folder below the path", "Put the folders above it into `path`.");
        foreach (var form in (Timestamp ?? []).Where(form => !DropPattern.IsForm(form)))
            check.Refuse("timestamp", $"'{Excerpt.Of(form)}' is no form of a date", "Write it as yyyyMMddHHmmss or yyyy-MM-dd.");
        if (ExpectedBy is not null && !TimeOnly.TryParseExact(ExpectedBy, Clock, out _)) check.Refuse("expected_by", $"'{Excerpt.Of(ExpectedBy)}' is no time of day", "Write it as 06:00.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            check.Refuse("zone", $"'{Excerpt.Of(Zone)}' is not a time zone of the IANA database.", "Write it as Area/City, such as Pacific/Auckland, or UTC.");
    }
}

/// <summary>What files that belong to no dataset do.</summary>
public enum UnknownFiles
{
    Note,
    Hold,
}
