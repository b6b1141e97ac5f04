using System.Globalization;
using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>The shapes that FHIR resources share, as one line each.</summary>
internal static class FhirJson
{
    public const string Base = "https://engage.example.org";

    public static void Begin(this Utf8JsonWriter json, string type, string id, (int Version, DateTime Updated) meta)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", type);
        json.WriteString("id", id);
        json.WriteStartObject("meta");
        json.WriteString("versionId", meta.Version.ToString(CultureInfo.InvariantCulture));
        json.WriteString("lastUpdated", meta.Updated.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <summary>Writes a text property, or nothing when there is no text.</summary>
    public static void Text(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    public static void Reference(this Utf8JsonWriter json, string name, string reference)
    {
        json.WriteStartObject(name);
        json.WriteString("reference", reference);
        json.WriteEndObject();
    }

    public static void ReferenceValue(this Utf8JsonWriter json, string reference)
    {
        json.WriteStartObject();
        json.WriteString("reference", reference);
        json.WriteEndObject();
    }

    public static void Coding(this Utf8JsonWriter json, string system, string code, string display)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        json.WriteString("display", display);
        json.WriteEndObject();
    }

    /// <summary>Writes a CodeableConcept with one coding; without a name as an array element.</summary>
    public static void Concept(this Utf8JsonWriter json, string? name, string system, (string Code, string Display) value)
    {
        if (name is null) json.WriteStartObject(); else json.WriteStartObject(name);
        json.WriteStartArray("coding");
        json.Coding(system, value.Code, value.Display);
        json.WriteEndArray();
        json.WriteString("text", value.Display);
        json.WriteEndObject();
    }

    public static void Period(this Utf8JsonWriter json, DateTime start, DateTime? end)
    {
        json.WriteStartObject("period");
        json.WriteString("start", Instant(start));
        if (end is { } until) json.WriteString("end", Instant(until));
        json.WriteEndObject();
    }

    public static void Telecom(this Utf8JsonWriter json, string system, string? value, string use)
    {
        if (value is null) return;
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteString("use", use);
        json.WriteEndObject();
    }

    public static string Instant(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static string Day(DateTime utc) => utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
