using System.Globalization;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>Whom to tell, and of what: jobs that fail are told of by themselves.</summary>
public sealed record AlertsConfig(
    SourcePosition At,
    [Description("Address that takes each alert as a POST of JSON, as ${NAME}.")] Secret? Webhook = null,
    [Description("Mail for each alert.")] MailConfig? Mail = null,
    [Description("Streams that must not stay away.")] IReadOnlyList<AbsenceRule>? Absent = null,
    [Description("After that time somebody is told again of what is still wrong.")][Default("1d")] TimeSpan Remind = default) : IValidated
{
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Webhook is null && Mail is null) check.Refuse("alerts", "expected webhook or mail: nobody would be told");
        if (Webhook is not null && !(Uri.TryCreate(Webhook.Reveal(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            check.Refuse("webhook", "the variable holds no http or https address");
        if (Remind < TimeSpan.FromMinutes(1)) check.Refuse("remind", "expected 1m or more");
    }
}

/// <summary>A mail server and who writes to whom.</summary>
public sealed record MailConfig(
    SourcePosition At,
    [Description("The mail server (SMTP).")] string Host,
    [Description("The sender's address.")] string From,
    [Description("Who gets the mail.")][OneOrMany] IReadOnlyList<string> To,
    [Description("Port.")] int Port = 587,
    [Description("STARTTLS; false only for a server on this machine.")] bool Tls = true,
    [Description("Login.")] string? User = null,
    [Description("Its password, as ${NAME}.")] Secret? Password = null) : IValidated
{
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        foreach (var address in To.Append(From).Where(address => !System.Net.Mail.MailAddress.TryCreate(address, out _)))
            check.Refuse("to", $"'{Excerpt.Of(address)}' is no mail address");
        if (To.Count == 0) check.Refuse("to", "nobody would get the mail");
        if (Port is < 1 or > 65_535) check.Refuse("port", $"{Port} is not in 1 to 65535");
        if (!Tls && Password is not null && Host is not ("localhost" or "127.0.0.1" or "::1")) check.Refuse("tls", "a password would travel in the clear");
    }
}

/// <summary>A stream that must bring something: every day by an hour, or never longer ago than a time.</summary>
public sealed record AbsenceRule(
    SourcePosition At,
    [Description("The stream, or a whole source.")] string Stream,
    [Description("Something must have come on the day of `zone` by this time, such as \"06:00\".")] string? By = null,
    [Description("IANA zone of `by`.")] string? Zone = null,
    [Description("The last must not be longer ago than this, such as 26h.")] TimeSpan? After = null) : IValidated
{
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (By is null == After is null) check.Refuse("by", "expected one of by and after");
        if (By is not null && !TimeOnly.TryParseExact(By, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) check.Refuse("by", "expected a time such as \"06:00\", in quotes");
        if (By is not null && (Zone is null || !Zones.IsKnown(Zone))) check.Refuse("zone", "`by` needs a zone of the IANA database", Zones.Hint);
    }

    /// <summary>Whether it stays away too long; <paramref name="last"/> is null when nothing ever came.</summary>
    public bool IsBroken(DateTimeOffset? last, DateTimeOffset now)
    {
        if (After is { } limit) return last is null || now - last > limit;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone!); // validated with `by`
        var here = TimeZoneInfo.ConvertTime(now, zone);
        if (TimeOnly.FromDateTime(here.DateTime) < TimeOnly.ParseExact(By!, "HH:mm", CultureInfo.InvariantCulture)) return false; // one of both is there
        return last is null || DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(last.Value, zone).DateTime) < DateOnly.FromDateTime(here.DateTime);
    }
}
