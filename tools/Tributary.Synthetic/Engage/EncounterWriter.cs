using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes Encounter: one a visit.</summary>
internal sealed class EncounterWriter(EngageWorld world, NdjsonFile file)
{
    private static readonly (string, string)[] Types = [("390906007", "Follow-up encounter"), ("308335008", "Patient encounter procedure"), ("185317003", "Telephone encounter")];
    private static readonly (string Code, string Display)[] Classes = [("AMB", "ambulatory"), ("VR", "virtual"), ("HH", "home health")];
    private static readonly (string, string)[] Reasons = [("35489007", "Depressive disorder"), ("48694002", "Anxiety"), ("160932005", "Financial problem"), ("105411000", "Lives alone")];

    public void Write(PatientStory story)
    {
        foreach (var visit in story.Visits) Write(story, visit);
    }

    private void Write(PatientStory story, PatientStory.Visit visit)
    {
        var (json, chance) = (file.Json, world.Chance("Encounter", visit.Number));
        var kind = chance.Pick(Classes);
        json.Begin("Encounter", world.Id("Encounter", visit.Number), EngageWorld.Meta(chance, visit.Start));
        var status = Status(chance);
        json.WriteString("status", status);
        json.WriteStartObject("class");
        json.WriteString("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode");
        json.WriteString("code", kind.Code);
        json.WriteString("display", kind.Display);
        json.WriteEndObject();
        WriteConcepts(json, "type", chance.Pick(Types));
        json.Reference("subject", world.Reference("Patient", story.Number, chance));
        WriteParticipant(json, visit);
        json.Period(visit.Start, status == "in-progress" ? null : visit.Start.AddMinutes(15 * chance.Between(1, 5)));
        if (chance.Happens(0.6)) WriteConcepts(json, "reasonCode", chance.Pick(Reasons));
        if (kind.Code == "AMB") WriteLocation(json, story);
        if (!chance.Happens(0.03)) json.Reference("serviceProvider", world.Reference("Organization", story.Organization));
        file.EndResource();
    }

    private static void WriteConcepts(Utf8JsonWriter json, string name, (string, string) value)
    {
        json.WriteStartArray(name);
        json.Concept(null, "http://snomed.info/sct", value);
        json.WriteEndArray();
    }

    private void WriteParticipant(Utf8JsonWriter json, PatientStory.Visit visit)
    {
        json.WriteStartArray("participant");
        json.WriteStartObject();
        json.Reference("individual", world.Reference("Practitioner", visit.Practitioner));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteLocation(Utf8JsonWriter json, PatientStory story)
    {
        json.WriteStartArray("location");
        json.WriteStartObject();
        json.Reference("location", world.Reference("Location", world.LocationAt(story.Organization)));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Status(Chance chance) => chance.Below(50) switch
    {
        < 42 => "finished",
        < 45 => "in-progress",
        < 47 => "planned",
        < 49 => "cancelled",
        _ => "entered-in-error",
    };
}
