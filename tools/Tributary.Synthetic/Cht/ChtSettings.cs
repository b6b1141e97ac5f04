using System.Text.Json.Nodes;

namespace Tributary.Synthetic.Cht;

/// <summary>The deployment's configuration: contact types, SMS forms, the app's forms with their XForms, translations.</summary>
internal static class ChtSettings
{
    public static void Write(DocumentFile medic)
    {
        medic.Add("settings", new JsonObject { ["settings"] = Settings() });
        foreach (var form in ChtForms.All) medic.Add($"form:{form.Name}", Form(form));
        foreach (var language in (string[])["en", "fr"])
            medic.Add($"messages-{language}", new JsonObject { ["type"] = "translations", ["code"] = language, ["name"] = language == "en" ? "English" : "Français", ["generic"] = new JsonObject { ["contact.type.clinic"] = language == "en" ? "Household" : "Ménage" } });
        medic.Add("_design/medic", new JsonObject { ["language"] = "javascript", ["views"] = new JsonObject { ["reports_by_form"] = new JsonObject { ["map"] = "function(doc) { if (doc.form) { emit(doc.form); } }" } } });
    }

    private static JsonObject Settings() => new()
    {
        ["locale"] = "en",
        ["locales"] = new JsonArray(new JsonObject { ["code"] = "en", ["name"] = "English" }, new JsonObject { ["code"] = "fr", ["name"] = "Français" }),
        ["contact_types"] = new JsonArray(
            Type("district_hospital"), Type("health_center", "district_hospital"), Type("clinic", "health_center"), Type("person", "district_hospital", "health_center", "clinic")),
        ["forms"] = new JsonObject
        {
            ["P"] = Sms("P", "Pregnancy registration", ("patient_id", "string", "Patient"), ("last_menstrual_period", "integer", "Weeks since the last period"), ("patient_name", "string", "Name")),
            ["V"] = Sms("V", "Visit", ("patient_id", "string", "Patient"), ("notes", "string", "Notes")),
            ["D"] = Sms("D", "Delivery", ("patient_id", "string", "Patient"), ("delivery_code", "string", "Outcome"), ("days_since_delivery", "integer", "Days since delivery")),
        },
        ["muting"] = new JsonObject { ["mute_forms"] = new JsonArray("mute_person", "mute_clinic"), ["unmute_forms"] = new JsonArray("unmute_person", "unmute_clinic") },
    };

    private static JsonObject Type(string id, params string[] parents)
    {
        var type = new JsonObject { ["id"] = id, ["name_key"] = $"contact.type.{id}", ["group_key"] = $"contact.type.{id}.plural", ["icon"] = $"medic-{id}" };
        if (parents.Length > 0) type["parents"] = new JsonArray([.. parents.Select(parent => (JsonNode)parent)]);
        if (id == "person") type["person"] = true;
        return type;
    }

    private static JsonObject Sms(string code, string label, params (string Name, string Type, string Label)[] fields)
    {
        var all = new JsonObject();
        foreach (var (name, type, text) in fields)
            all[name] = new JsonObject { ["labels"] = new JsonObject { ["short"] = new JsonObject { ["en"] = text }, ["tiny"] = new JsonObject { ["en"] = name } }, ["position"] = all.Count, ["type"] = type, ["length"] = new JsonArray(0, 255), ["required"] = all.Count == 0 };
        return new JsonObject { ["meta"] = new JsonObject { ["code"] = code, ["icon"] = "icon-pregnancy", ["label"] = new JsonObject { ["en"] = label } }, ["fields"] = all, ["public_form"] = true };
    }

    private static JsonObject Form(FormDefinition form)
    {
        var xml = XFormWriter.Bytes(form);
        return new JsonObject
        {
            ["type"] = "form",
            ["title"] = new JsonArray(new JsonObject { ["locale"] = "en", ["content"] = form.Title }),
            ["internalId"] = form.Name,
            ["context"] = new JsonObject { ["person"] = !form.IsOfPlace, ["place"] = form.IsOfPlace },
            ["xmlVersion"] = new JsonObject { ["time"] = 1_738_573_200_000, ["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(xml)) },
            ["_attachments"] = new JsonObject { ["xml"] = new JsonObject { ["content_type"] = "application/octet-stream", ["data"] = Convert.ToBase64String(xml) } },
        };
    }
}
