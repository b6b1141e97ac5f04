using System.Globalization;

namespace Tributary.Synthetic.Engage;

/// <summary>The values of answers: facts of the person where the item asks for them, else plausible chance.</summary>
internal static class AnswerValue
{
    public static bool Boolean(string source, AnswerContext context) => source switch
    {
        "no_mental_problem" => !context.Story.NeedsCounselling,
        "no_hardship" => !context.Story.InHardship,
        "medicaid" => context.Story.Number % 7 != 0,
        "yes" => context.Chance.Happens(0.93),
        _ => context.Chance.Happens(0.4),
    };

    public static int Integer(string source, AnswerContext context) => source switch
    {
        "ten" => Math.Clamp((int)(context.Severity * 8) + context.Chance.Between(0, 2), 0, 10),
        "age" => context.Chance.Between(0, 95),
        "household" => context.Chance.Between(0, 6),
        "minutes" => 15 * context.Chance.Between(1, 4),
        "drinks" => context.Chance.Between(0, 8),
        _ => context.Chance.Below(100),
    };

    public static decimal Decimal(string source, AnswerContext context) => source switch
    {
        "sleep" => context.Chance.Between(6, 18) / 2m,
        "income" => context.Chance.Between(0, 900_000) / 100m,
        _ => context.Chance.Below(1000) / 10m,
    };

    public static string Date(string source, AnswerContext context) => source switch
    {
        "birth" => context.Story.Person.BirthDate ?? "1985",
        "soon" => FhirJson.Day(context.Authored.AddDays(context.Chance.Between(3, 21))),
        _ => FhirJson.Day(context.Authored.AddDays(-context.Chance.Between(0, 90))),
    };

    public static string DateTime(string source, AnswerContext context) => source == "next"
        ? context.Authored.AddDays(context.Chance.Between(5, 20)).ToString("yyyy-MM-ddTHH:mm:ss-05:00", CultureInfo.InvariantCulture)
        : FhirJson.Instant(context.Authored.AddMinutes(-context.Chance.Between(1, 40)));

    public static string Text(string source, AnswerContext context) => source switch
    {
        "given" => context.Story.Person.Given,
        "family" => context.Story.Person.Family,
        "phone" => context.Story.Person.Phone ?? "none",
        "email" => context.Story.Person.Email ?? "none",
        "street" => context.Story.Person.Street,
        "city" => context.Story.Person.City,
        "zip" => context.Story.Person.Zip ?? "n/a",
        "medicaid" => context.Story.Person.Medicaid,
        "contact" => $"{context.Chance.Pick(Words.GivenFemale)} {context.Chance.Pick(Words.Family)}",
        "mood" => context.Chance.Pick(Words.Moods),
        "token" => context.Chance.Uuid()[..8],
        _ => Note(context.Story.Person, context.Chance),
    };

    public static string Uri(string source, AnswerContext context) => source == "policy"
        ? $"{FhirJson.Base}/policies/consent/{(context.IsVersion2 ? 2 : 1)}"
        : $"https://people.example.org/{context.Chance.Below(100_000)}";

    public static string Reference(string source, AnswerContext context) => source == "organization"
        ? context.World.Reference("Organization", context.Chance.Below(context.World.Size.Organizations))
        : context.World.Reference("Practitioner", context.Chance.Below(context.World.Size.Practitioners));

    /// <summary>The option set of a choice; two questions share the set <c>accepts</c>.</summary>
    public static string OptionSetOf(string source) => source.StartsWith("accepts_", StringComparison.Ordinal) ? "accepts" : source;

    /// <summary>The place of the chosen option; scored scales follow the person's severity.</summary>
    public static int Choice(string source, int options, AnswerContext context) => source switch
    {
        "phq" or "pcl" => Math.Clamp((int)(context.Severity * options + context.Chance.Fraction() * 1.6 - 0.8), 0, options - 1),
        "accepts_ipc" => context.Story.NeedsCounselling && context.Chance.Happens(0.7) ? 0 : context.Chance.Between(1, 2),
        "accepts_fws" => context.Story.InHardship && context.Chance.Happens(0.6) ? 0 : context.Chance.Between(1, 2),
        "severity" => Math.Min((int)(context.Severity * options), options - 1),
        _ => context.Chance.Below(options),
    };

    /// <summary>Free text as workers write it: with names, numbers, quotes, line breaks and signs that spreadsheets run.</summary>
    public static string Note(PersonFacts person, Chance chance) =>
        string.Format(CultureInfo.InvariantCulture, chance.Pick(Words.Notes), person.FullName, person.Phone ?? "the office", person.City);
}
