using System.Globalization;
using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes Organization, OrganizationAffiliation and Location.</summary>
internal sealed class OrganizationWriter(EngageWorld world)
{
    private static readonly (string, string)[] Affiliations = [("provider", "Provider"), ("agency", "Agency"), ("payer", "Payer")];

    public void WriteOrganization(NdjsonFile file, int number)
    {
        var (json, chance) = (file.Json, world.Chance("Organization", number));
        json.Begin("Organization", world.Id("Organization", number), EngageWorld.Meta(chance, EngageWorld.Start));
        json.WriteBoolean("active", !chance.Happens(0.05));
        json.WriteStartArray("type");
        json.Concept(null, "http://terminology.hl7.org/CodeSystem/organization-type", ("prov", "Healthcare Provider"));
        json.WriteEndArray();
        json.WriteString("name", Name(number));
        WriteTelecom(json, chance);
        WriteAddress(json, chance, inArray: true);
        if (number > 0 && chance.Happens(0.4)) json.Reference("partOf", world.Reference("Organization", 0));
        file.EndResource();
    }

    public void WriteAffiliation(NdjsonFile file, int number)
    {
        var (json, chance) = (file.Json, world.Chance("OrganizationAffiliation", number));
        json.Begin("OrganizationAffiliation", world.Id("OrganizationAffiliation", number), EngageWorld.Meta(chance, EngageWorld.Start));
        json.WriteBoolean("active", true);
        json.Reference("organization", world.Reference("Organization", 0));
        json.Reference("participatingOrganization", world.Reference("Organization", (number + 1) % world.Size.Organizations));
        json.WriteStartArray("code");
        json.Concept(null, "http://hl7.org/fhir/organization-role", chance.Pick(Affiliations));
        json.WriteEndArray();
        file.EndResource();
    }

    public void WriteLocation(NdjsonFile file, int number)
    {
        var (json, chance) = (file.Json, world.Chance("Location", number));
        var organization = number % world.Size.Organizations;
        json.Begin("Location", world.Id("Location", number), EngageWorld.Meta(chance, EngageWorld.Start));
        json.WriteString("status", chance.Below(12) switch { 0 => "inactive", 1 => "suspended", _ => "active" });
        json.WriteString("name", $"{Name(organization)}, {(number < world.Size.Organizations ? "main site" : "second site")}");
        json.WriteString("mode", "instance");
        WriteTelecom(json, chance);
        WriteAddress(json, chance, inArray: false);
        json.Reference("managingOrganization", world.Reference("Organization", organization));
        file.EndResource();
    }

    private static string Name(int number)
    {
        var name = Words.Organizations[number % Words.Organizations.Length];
        var round = number / Words.Organizations.Length;
        return round == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {round + 1}");
    }

    private static void WriteTelecom(Utf8JsonWriter json, Chance chance)
    {
        json.WriteStartArray("telecom");
        json.Telecom("phone", PersonFacts.PhoneOf(chance), "work");
        json.WriteEndArray();
    }

    private static void WriteAddress(Utf8JsonWriter json, Chance chance, bool inArray)
    {
        var (city, state, zip) = chance.Pick(Words.Places);
        if (inArray) json.WriteStartArray("address");
        if (inArray) json.WriteStartObject(); else json.WriteStartObject("address");
        json.WriteStartArray("line");
        json.WriteStringValue($"{chance.Between(1, 900)} {chance.Pick(Words.Streets)}");
        json.WriteEndArray();
        json.WriteString("city", city);
        json.WriteString("state", state);
        json.WriteString("postalCode", zip);
        json.WriteString("country", "US");
        json.WriteEndObject();
        if (inArray) json.WriteEndArray();
    }
}
