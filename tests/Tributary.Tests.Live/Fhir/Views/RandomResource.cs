using System.Text.Json.Nodes;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>Random resources of FHIR's shapes, from a small schema; every element may be missing.</summary>
internal sealed class RandomResource(Random chance)
{
    /// <summary>By type: elements as name, type and whether they repeat; <c>x:</c> marks a choice.</summary>
    public static readonly Dictionary<string, (string Name, string Type, bool Repeats)[]> Schema = new()
    {
        ["Patient"] = [("id", "id", false), ("active", "boolean", false), ("gender", "code", false), ("birthDate", "date", false), ("name", "HumanName", true),
            ("telecom", "ContactPoint", true), ("contact", "Contact", true), ("deceased", "x:Boolean|DateTime", false), ("multipleBirth", "x:Boolean|Integer", false),
            ("managingOrganization", "Reference", false), ("extension", "Extension", true)],
        ["HumanName"] = [("use", "code", false), ("family", "string", false), ("given", "string", true), ("period", "Period", false)],
        ["ContactPoint"] = [("system", "code", false), ("value", "string", false), ("rank", "integer", false)],
        ["Contact"] = [("gender", "code", false), ("name", "HumanName", false), ("telecom", "ContactPoint", true)],
        ["Reference"] = [("reference", "string", false), ("display", "string", false)],
        ["Period"] = [("start", "dateTime", false), ("end", "dateTime", false)],
        ["Extension"] = [("url", "code", false), ("value", "x:String|Code|Integer", false)],
        ["Observation"] = [("id", "id", false), ("status", "code", false), ("code", "CodeableConcept", false), ("category", "CodeableConcept", true),
            ("value", "x:Quantity|String|Integer|Boolean|CodeableConcept", false), ("effective", "x:DateTime|Period", false), ("component", "Component", true)],
        ["Component"] = [("code", "CodeableConcept", false), ("value", "x:Quantity|String|Integer", false)],
        ["CodeableConcept"] = [("coding", "Coding", true), ("text", "string", false)],
        ["Coding"] = [("system", "code", false), ("code", "code", false), ("display", "string", false)],
        ["Quantity"] = [("value", "decimal", false), ("unit", "code", false)],
        ["QuestionnaireResponse"] = [("id", "id", false), ("status", "code", false), ("item", "Item", true)],
        ["Item"] = [("linkId", "string", false), ("text", "string", false), ("item", "Item", true), ("answer", "Answer", true)],
        ["Answer"] = [("value", "x:String|Integer|Boolean|Coding", false), ("item", "Item", true)],
    };

    private static readonly string[] Words = ["a", "b", "official", "[x", "it's", "ü", "{{ x }}", "\\", "\"q\"", "<<y>>", "2020"];
    private static readonly string[] Moments = ["2020", "2020-05", "2020-05-01", "2020-05-01T10:00:00Z", "2020-05-01T12:00:00+02:00", "2020-05-01T10:00:30.5Z", "2021-01-01"];

    public JsonObject Of(string type, int depth = 0)
    {
        var map = new JsonObject();
        if (depth == 0) map["resourceType"] = type;
        foreach (var (name, element, repeats) in Schema[type])
        {
            if (chance.Next(3) == 0 || depth > 5) continue;
            var (key, kind) = Chosen(name, element);
            if (!repeats) map[key] = Value(kind, depth);
            else if (chance.Next(depth + 2) < 2) map[key] = new JsonArray([.. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => Value(kind, depth))]);
        }
        return map;
    }

    private (string Key, string Type) Chosen(string name, string element)
    {
        if (!element.StartsWith("x:", StringComparison.Ordinal)) return (name, element);
        var types = element[2..].Split('|');
        var type = types[chance.Next(types.Length)];
        return (name + type, Schema.ContainsKey(type) ? type : char.ToLowerInvariant(type[0]) + type[1..]);
    }

    private JsonNode Value(string type, int depth) => type switch
    {
        "boolean" => chance.Next(2) == 0,
        "integer" => chance.Next(-3, 4),
        "decimal" => chance.Next(-30, 30) / 10m,
        "date" => Moments[chance.Next(3)],
        "dateTime" => Moments[chance.Next(Moments.Length)],
        "id" => $"i{chance.Next(1000)}",
        "string" or "code" => Words[chance.Next(type == "code" ? 3 : Words.Length)],
        _ => Of(type, depth + 1),
    };
}
