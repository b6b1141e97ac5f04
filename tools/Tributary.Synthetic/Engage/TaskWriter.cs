using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes Task: what a worker is to do for a person, and until when.</summary>
internal sealed class TaskWriter(EngageWorld world, NdjsonFile file)
{
    private static readonly (string, string)[] Codes =
        [("follow_up_call", "Follow-up call"), ("schedule_session", "Schedule a session"), ("send_form", "Send a form"), ("refer", "Refer to a service")];

    private static readonly string[] Priorities = ["routine", "routine", "urgent", "asap"];

    public void Write(PatientStory story, (int First, int Count) tasks)
    {
        for (var i = 0; i < tasks.Count; i++) Write(story, tasks.First + i, i);
    }

    private void Write(PatientStory story, int number, int order)
    {
        var (json, chance) = (file.Json, world.Chance("Task", number));
        var visit = story.Visits.Count == 0 ? null : story.Visits[order % story.Visits.Count];
        var authored = (visit?.Start ?? story.Registered).AddMinutes(chance.Between(30, 90));
        json.Begin("Task", world.Id("Task", number), EngageWorld.Meta(chance, authored));
        json.WriteString("status", Status(chance));
        json.WriteString("intent", "order");
        json.WriteString("priority", chance.Pick(Priorities));
        json.Concept("code", $"{FhirJson.Base}/fhir/CodeSystem/task", chance.Pick(Codes));
        if (chance.Happens(0.5)) json.WriteString("description", AnswerValue.Note(story.Person, chance));
        json.Reference("for", world.Reference("Patient", story.Number, chance));
        if (visit is not null) json.Reference("encounter", world.Reference("Encounter", visit.Number));
        json.WriteString("authoredOn", FhirJson.Instant(authored));
        json.WriteString("lastModified", FhirJson.Instant(authored.AddMinutes(chance.Below(1_000))));
        json.Reference("requester", world.Reference("Practitioner", visit?.Practitioner ?? story.Practitioner));
        if (!chance.Happens(0.1)) json.Reference("owner", Owner(story, chance));
        WriteDue(json, authored.AddDays(chance.Between(1, 30)));
        file.EndResource();
    }

    private string Owner(PatientStory story, Chance chance) => chance.Happens(0.8)
        ? world.Reference("Practitioner", world.PractitionerAt(story.Organization, chance))
        : world.Reference("Organization", story.Organization);

    private static void WriteDue(Utf8JsonWriter json, DateTime due)
    {
        json.WriteStartObject("restriction");
        json.WriteStartObject("period");
        json.WriteString("end", FhirJson.Instant(due));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Status(Chance chance) => chance.Below(10) switch
    {
        < 3 => "requested",
        < 5 => "in-progress",
        < 9 => "completed",
        _ => "cancelled",
    };
}
