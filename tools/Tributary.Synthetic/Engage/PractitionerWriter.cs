using System.Globalization;
using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes Practitioner, PractitionerRole and CareTeam.</summary>
internal sealed class PractitionerWriter(EngageWorld world)
{
    private static readonly (string, string)[] Roles = [("224570006", "Clinical nurse specialist"), ("106328005", "Social worker"), ("59944000", "Psychologist"), ("133932002", "Caregiver")];
    private static readonly string[] Titles = ["LCSW", "RN", "PsyD", "MD"];

    public void WritePractitioner(NdjsonFile file, int number)
    {
        var (json, chance) = (file.Json, world.Chance("Practitioner", number));
        var person = PersonFacts.Of(world.Chance("Practitioner/person", number), number);
        json.Begin("Practitioner", world.Id("Practitioner", number), EngageWorld.Meta(chance, EngageWorld.Start));
        WriteIdentifier(json, number);
        json.WriteBoolean("active", !chance.Happens(0.08));
        WriteName(json, person, chance);
        json.WriteStartArray("telecom");
        json.Telecom("phone", person.Phone, "work");
        json.Telecom("email", $"staff{number}@clinic.example.org", "work");
        json.WriteEndArray();
        json.WriteString("gender", person.Gender);
        json.Text("birthDate", chance.Happens(0.3) ? person.BirthDate : null);
        WriteQualification(json, chance);
        file.EndResource();
    }

    /// <summary>Writes a role: everyone has one at the first organization, some have a second elsewhere.</summary>
    public void WriteRole(NdjsonFile file, int number)
    {
        var (json, chance) = (file.Json, world.Chance("PractitionerRole", number));
        var second = number / world.Size.Practitioners;
        var organization = (number + second * 5) % world.Size.Organizations;
        json.Begin("PractitionerRole", world.Id("PractitionerRole", number), EngageWorld.Meta(chance, EngageWorld.Start));
        json.WriteBoolean("active", !chance.Happens(0.06));
        json.Period(EngageWorld.Start.AddDays(-chance.Between(30, 2000)), null);
        json.Reference("practitioner", world.Reference("Practitioner", number % world.Size.Practitioners));
        json.Reference("organization", world.Reference("Organization", organization));
        json.WriteStartArray("code");
        json.Concept(null, "http://snomed.info/sct", chance.Pick(Roles));
        json.WriteEndArray();
        json.WriteStartArray("location");
        json.ReferenceValue(world.Reference("Location", world.LocationAt(organization)));
        json.WriteEndArray();
        file.EndResource();
    }

    public void WriteCareTeam(NdjsonFile file, int number)
    {
        var (json, chance) = (file.Json, world.Chance("CareTeam", number));
        var organization = number % world.Size.Organizations;
        json.Begin("CareTeam", world.Id("CareTeam", number), EngageWorld.Meta(chance, EngageWorld.Start));
        json.WriteString("status", chance.Happens(0.9) ? "active" : "inactive");
        json.WriteString("name", string.Create(CultureInfo.InvariantCulture, $"Team {number + 1}"));
        if (chance.Happens(0.3)) json.Reference("subject", world.Reference("Patient", chance.Below(world.Size.Patients)));
        json.WriteStartArray("participant");
        for (var i = chance.Between(2, 6); i > 0; i--) WriteParticipant(json, organization, chance);
        json.WriteEndArray();
        json.WriteStartArray("managingOrganization");
        json.ReferenceValue(world.Reference("Organization", organization));
        json.WriteEndArray();
        file.EndResource();
    }

    private static void WriteIdentifier(Utf8JsonWriter json, int number)
    {
        json.WriteStartArray("identifier");
        json.WriteStartObject();
        json.WriteString("system", "http://hl7.org/fhir/sid/us-npi");
        json.WriteString("value", string.Create(CultureInfo.InvariantCulture, $"99{number:D8}"));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteName(Utf8JsonWriter json, PersonFacts person, Chance chance)
    {
        json.WriteStartArray("name");
        json.WriteStartObject();
        json.WriteString("family", person.Family);
        json.WriteStartArray("given");
        json.WriteStringValue(person.Given);
        json.WriteEndArray();
        json.WriteStartArray("suffix");
        json.WriteStringValue(chance.Pick(Titles));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteQualification(Utf8JsonWriter json, Chance chance)
    {
        json.WriteStartArray("qualification");
        json.WriteStartObject();
        json.WriteStartObject("code");
        json.WriteString("text", chance.Pick(Titles));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteParticipant(Utf8JsonWriter json, int organization, Chance chance)
    {
        json.WriteStartObject();
        json.WriteStartArray("role");
        json.Concept(null, "http://snomed.info/sct", chance.Pick(Roles));
        json.WriteEndArray();
        json.Reference("member", world.Reference("Practitioner", world.PractitionerAt(organization, chance)));
        json.WriteEndObject();
    }
}
