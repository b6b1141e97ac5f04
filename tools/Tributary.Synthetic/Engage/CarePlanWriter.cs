using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes CarePlan: what was agreed with the person, and how far it is.</summary>
internal sealed class CarePlanWriter(EngageWorld world, NdjsonFile file)
{
    private static readonly (string Title, (string, string) Category)[] Plans =
    [
        ("Interpersonal counselling", ("ipc", "Interpersonal counselling")), ("Financial wellness services", ("fws", "Financial wellness services")),
        ("Follow-up after counselling", ("follow_up", "Follow-up")), ("Safety plan", ("safety", "Safety")),
    ];

    private static readonly string[] Steps = ["Weekly session", "Call the landlord", "Sleep diary", "Budget worksheet", "Walk with a friend"];

    public void Write(PatientStory story, (int First, int Count) plans)
    {
        for (var i = 0; i < plans.Count; i++) Write(story, plans.First + i, i);
    }

    private void Write(PatientStory story, int number, int order)
    {
        var (json, chance) = (file.Json, world.Chance("CarePlan", number));
        var visit = story.Visits.Count == 0 ? null : story.Visits[order % story.Visits.Count];
        var start = visit?.Start ?? story.Registered;
        var status = Status(chance);
        var plan = chance.Pick(Plans);
        json.Begin("CarePlan", world.Id("CarePlan", number), EngageWorld.Meta(chance, start));
        json.WriteString("status", status);
        json.WriteString("intent", chance.Happens(0.9) ? "plan" : "proposal");
        json.WriteStartArray("category");
        json.Concept(null, $"{FhirJson.Base}/fhir/CodeSystem/care-plan", plan.Category);
        json.WriteEndArray();
        json.WriteString("title", plan.Title);
        if (chance.Happens(0.4)) json.WriteString("description", AnswerValue.Note(story.Person, chance));
        json.Reference("subject", world.Reference("Patient", story.Number, chance));
        if (visit is not null) json.Reference("encounter", world.Reference("Encounter", visit.Number));
        json.Period(start, status is "completed" or "revoked" ? Earlier(start.AddDays(chance.Between(7, 120))) : null);
        json.WriteString("created", FhirJson.Instant(start));
        WriteCare(json, story, chance);
        WriteActivities(json, chance);
        file.EndResource();
    }

    private void WriteCare(Utf8JsonWriter json, PatientStory story, Chance chance)
    {
        json.Reference("author", world.Reference("Practitioner", story.Practitioner));
        json.WriteStartArray("contributor");
        json.ReferenceValue(world.Reference("Organization", story.Organization));
        json.WriteEndArray();
        if (!chance.Happens(0.5)) return;
        json.WriteStartArray("careTeam");
        json.ReferenceValue(world.Reference("CareTeam", story.Organization % world.Size.CareTeams));
        json.WriteEndArray();
    }

    private static void WriteActivities(Utf8JsonWriter json, Chance chance)
    {
        json.WriteStartArray("activity");
        for (var i = chance.Between(0, 3); i > 0; i--)
        {
            json.WriteStartObject();
            json.WriteStartObject("detail");
            json.WriteString("status", chance.Happens(0.5) ? "completed" : "in-progress");
            json.WriteString("description", chance.Pick(Steps));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static DateTime Earlier(DateTime end) => end < EngageWorld.End ? end : EngageWorld.End;

    private static string Status(Chance chance) => chance.Below(20) switch
    {
        < 9 => "active",
        < 15 => "completed",
        < 17 => "on-hold",
        < 19 => "revoked",
        _ => "entered-in-error",
    };
}
