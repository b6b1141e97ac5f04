using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes Observation: weight, heart rate, blood pressure with components, smoking status, a remark.</summary>
internal sealed class ObservationWriter(EngageWorld world, NdjsonFile file)
{
    private const string Loinc = "http://loinc.org";
    private static readonly (string, string)[] Smoking = [("266919005", "Never smoked tobacco"), ("8517006", "Ex-smoker"), ("77176002", "Smoker")];

    public void Write(PatientStory story, (int First, int Count) observations)
    {
        for (var i = 0; i < observations.Count; i++) Write(story, observations.First + i, i);
    }

    private void Write(PatientStory story, int number, int order)
    {
        var (json, chance) = (file.Json, world.Chance("Observation", number));
        var visit = story.Visits.Count == 0 ? null : story.Visits[order % story.Visits.Count];
        var taken = (visit?.Start ?? story.Registered).AddMinutes(chance.Between(1, 20));
        var kind = chance.Below(10);
        json.Begin("Observation", world.Id("Observation", number), EngageWorld.Meta(chance, taken));
        json.WriteString("status", chance.Below(40) switch { 0 => "entered-in-error", 1 => "amended", 2 => "preliminary", _ => "final" });
        json.WriteStartArray("category");
        json.Concept(null, "http://terminology.hl7.org/CodeSystem/observation-category", kind < 7 ? ("vital-signs", "Vital Signs") : ("social-history", "Social History"));
        json.WriteEndArray();
        json.Concept("code", Loinc, Code(kind));
        json.Reference("subject", world.Reference("Patient", story.Number, chance));
        if (visit is not null && !chance.Happens(0.05)) json.Reference("encounter", world.Reference("Encounter", visit.Number));
        json.WriteString("effectiveDateTime", FhirJson.Instant(taken));
        json.WriteStartArray("performer");
        json.ReferenceValue(world.Reference("Practitioner", visit?.Practitioner ?? story.Practitioner));
        json.WriteEndArray();
        WriteValue(json, kind, story, chance);
        file.EndResource();
    }

    private static (string, string) Code(int kind) => kind switch
    {
        < 3 => ("29463-7", "Body weight"),
        < 5 => ("8867-4", "Heart rate"),
        < 7 => ("85354-9", "Blood pressure panel"),
        < 9 => ("72166-2", "Tobacco smoking status"),
        _ => ("8661-1", "Chief complaint"),
    };

    private static void WriteValue(Utf8JsonWriter json, int kind, PatientStory story, Chance chance)
    {
        switch (kind)
        {
            case < 3: WriteQuantity(json, chance.Between(450, 1400) / 10m, "kg"); break;
            case < 5: WriteQuantity(json, chance.Between(52, 118), "/min"); break;
            case < 7: WritePressure(json, chance); break;
            case < 9: json.Concept("valueCodeableConcept", "http://snomed.info/sct", chance.Pick(Smoking)); break;
            default: json.WriteString("valueString", AnswerValue.Note(story.Person, chance)); break;
        }
    }

    private static void WritePressure(Utf8JsonWriter json, Chance chance)
    {
        json.WriteStartArray("component");
        WriteComponent(json, ("8480-6", "Systolic blood pressure"), chance.Between(95, 178));
        WriteComponent(json, ("8462-4", "Diastolic blood pressure"), chance.Between(55, 104));
        json.WriteEndArray();
    }

    private static void WriteComponent(Utf8JsonWriter json, (string, string) code, int value)
    {
        json.WriteStartObject();
        json.Concept("code", Loinc, code);
        WriteQuantity(json, value, "mm[Hg]");
        json.WriteEndObject();
    }

    private static void WriteQuantity(Utf8JsonWriter json, decimal value, string unit)
    {
        json.WriteStartObject("valueQuantity");
        json.WriteNumber("value", value);
        json.WriteString("unit", unit);
        json.WriteString("system", "http://unitsofmeasure.org");
        json.WriteString("code", unit);
        json.WriteEndObject();
    }
}
