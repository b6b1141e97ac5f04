using System.Globalization;
using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes Patient.</summary>
internal sealed class PatientWriter(EngageWorld world, NdjsonFile file)
{
    private static readonly string[] Tongues = ["en", "es", "zh", "ht", "ru"];
    private static readonly (string, string)[] MaritalStatus = [("M", "Married"), ("S", "Never Married"), ("D", "Divorced"), ("W", "Widowed"), ("UNK", "unknown")];

    public void Write(PatientStory story)
    {
        var (json, person, chance) = (file.Json, story.Person, world.Chance("Patient/more", story.Number));
        json.Begin("Patient", story.Id, EngageWorld.Meta(chance, story.Registered));
        WriteIdentifiers(json, story, chance);
        json.WriteBoolean("active", !chance.Happens(0.05));
        if (!chance.Happens(0.01)) WriteNames(json, person, chance);
        WriteTelecom(json, person, chance);
        if (!chance.Happens(0.02)) json.WriteString("gender", chance.Happens(0.02) ? "unknown" : person.Gender);
        json.Text("birthDate", person.BirthDate);
        WriteDeath(json, chance);
        if (!chance.Happens(0.04)) WriteAddress(json, person);
        if (chance.Happens(0.7)) json.Concept("maritalStatus", "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", chance.Pick(MaritalStatus));
        WriteContact(json, chance);
        WriteCommunication(json, chance);
        WriteCare(json, story);
        file.EndResource();
    }

    private static void WriteIdentifiers(Utf8JsonWriter json, PatientStory story, Chance chance)
    {
        json.WriteStartArray("identifier");
        WriteIdentifier(json, "MR", "https://engage.example.org/fhir/sid/mrn", string.Create(CultureInfo.InvariantCulture, $"MRN{story.Number + 100_000:D8}"));
        if (!chance.Happens(0.15)) WriteIdentifier(json, "MA", "https://engage.example.org/fhir/sid/medicaid", story.Person.Medicaid);
        json.WriteEndArray();
    }

    private static void WriteIdentifier(Utf8JsonWriter json, string type, string system, string value)
    {
        json.WriteStartObject();
        json.Concept("type", "http://terminology.hl7.org/CodeSystem/v2-0203", (type, type == "MR" ? "Medical record number" : "Patient Medicaid number"));
        json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, PersonFacts person, Chance chance)
    {
        json.WriteStartArray("name");
        if (chance.Happens(0.1)) WriteName(json, "nickname", null, [person.Given[..Math.Min(3, person.Given.Length)]]);
        WriteName(json, "official", person.Family, chance.Happens(0.3) ? [person.Given, chance.Pick(Words.GivenFemale)] : [person.Given]);
        json.WriteEndArray();
    }

    private static void WriteName(Utf8JsonWriter json, string use, string? family, IReadOnlyList<string> given)
    {
        json.WriteStartObject();
        json.WriteString("use", use);
        json.Text("family", family);
        json.WriteStartArray("given");
        foreach (var name in given) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTelecom(Utf8JsonWriter json, PersonFacts person, Chance chance)
    {
        if (person.Phone is null && person.Email is null) return;
        json.WriteStartArray("telecom");
        json.Telecom("phone", person.Phone, "mobile");
        if (chance.Happens(0.2)) json.Telecom("phone", PersonFacts.PhoneOf(chance), "home");
        json.Telecom("email", person.Email, "home");
        json.WriteEndArray();
    }

    private static void WriteDeath(Utf8JsonWriter json, Chance chance)
    {
        var kind = chance.Below(100);
        if (kind == 0) json.WriteString("deceasedDateTime", FhirJson.Instant(EngageWorld.End.AddDays(-chance.Below(90))));
        if (kind == 1) json.WriteBoolean("deceasedBoolean", true);
        if (kind is > 1 and < 20) json.WriteBoolean("deceasedBoolean", false);
    }

    private static void WriteAddress(Utf8JsonWriter json, PersonFacts person)
    {
        json.WriteStartArray("address");
        json.WriteStartObject();
        json.WriteString("use", "home");
        json.WriteStartArray("line");
        json.WriteStringValue(person.Street);
        json.WriteEndArray();
        json.WriteString("city", person.City);
        json.WriteString("state", person.State);
        json.Text("postalCode", person.Zip);
        json.WriteString("country", "US");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteContact(Utf8JsonWriter json, Chance chance)
    {
        if (!chance.Happens(0.25)) return;
        json.WriteStartArray("contact");
        json.WriteStartObject();
        json.WriteStartObject("name");
        json.WriteString("text", $"{chance.Pick(Words.GivenMale)} {chance.Pick(Words.Family)}");
        json.WriteEndObject();
        json.WriteStartArray("telecom");
        json.Telecom("phone", PersonFacts.PhoneOf(chance), "home");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteCommunication(Utf8JsonWriter json, Chance chance)
    {
        if (chance.Happens(0.1)) return;
        json.WriteStartArray("communication");
        json.WriteStartObject();
        json.WriteStartObject("language");
        json.WriteStartArray("coding");
        json.Coding("urn:ietf:bcp:47", chance.Pick(Tongues), "language of care");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteBoolean("preferred", true);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteCare(Utf8JsonWriter json, PatientStory story)
    {
        json.WriteStartArray("generalPractitioner");
        json.ReferenceValue(world.Reference("Practitioner", story.Practitioner));
        json.WriteEndArray();
        json.Reference("managingOrganization", world.Reference("Organization", story.Organization));
    }
}
