using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes QuestionnaireResponse: the next step of a person's pathway, in the visit it belongs to.</summary>
internal sealed class ResponseWriter(EngageWorld world, NdjsonFile file)
{
    private const string OrganizationExtension = $"{FhirJson.Base}/fhir/StructureDefinition/organization";

    public void Write(PatientStory story, (int First, int Count) responses)
    {
        var pathway = Pathway.Choose(world.Chance("pathway", story.Number), responses.Count);
        for (var i = 0; i < responses.Count; i++)
        {
            var visit = story.Visits.Count == 0 ? null : story.Visits[i * story.Visits.Count / responses.Count];
            var questionnaire = world.Questionnaires[pathway[i % pathway.Count]];
            Write(story, responses.First + i, questionnaire, (visit, i));
        }
    }

    private void Write(PatientStory story, int number, Questionnaire questionnaire, (PatientStory.Visit? Visit, int Step) when)
    {
        var chance = world.Chance("QuestionnaireResponse", number);
        var authored = (when.Visit?.Start ?? story.Registered).AddMinutes(4 + when.Step % 6 * 7 + chance.Below(5));
        var json = file.Json;
        var context = new AnswerContext(world, story, chance, authored)
        {
            IsVersion2 = chance.Happens(0.05),
            HasGaps = chance.Happens(0.1),
            Severity = Math.Max(0, story.Severity - 0.03 * when.Step),
        };
        json.Begin("QuestionnaireResponse", world.Id("QuestionnaireResponse", number), EngageWorld.Meta(chance, authored));
        WriteHead(story, questionnaire, context, when.Visit);
        AnswerWriter.WriteItems(json, questionnaire.Items, context);
        file.EndResource();
    }

    private void WriteHead(PatientStory story, Questionnaire questionnaire, AnswerContext context, PatientStory.Visit? visit)
    {
        var (json, chance) = (file.Json, context.Chance);
        WriteOrganization(json, story.Organization);
        json.WriteString("questionnaire", context.IsVersion2 ? $"{questionnaire.Canonical}|2.0" : questionnaire.Canonical);
        json.WriteString("status", Status(chance));
        json.Reference("subject", world.Reference("Patient", story.Number, chance));
        if (visit is not null && !chance.Happens(0.04)) json.Reference("encounter", world.Reference("Encounter", visit.Number));
        json.WriteString("authored", FhirJson.Instant(context.Authored));
        var byPatient = chance.Happens(0.1);
        json.Reference("author", byPatient ? story.Reference : world.Reference("Practitioner", visit?.Practitioner ?? story.Practitioner));
        if (byPatient) json.Reference("source", story.Reference);
    }

    private void WriteOrganization(Utf8JsonWriter json, int organization)
    {
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteString("url", OrganizationExtension);
        json.Reference("valueReference", world.Reference("Organization", organization));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Status(Chance chance) => chance.Below(100) switch
    {
        < 91 => "completed",
        < 95 => "in-progress",
        < 97 => "amended",
        < 99 => "entered-in-error",
        _ => "stopped",
    };
}
