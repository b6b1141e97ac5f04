using System.Globalization;
using System.Text.Json.Nodes;

namespace Tributary.Synthetic.Cht;

/// <summary>Reports that came as text messages: registrations and visits, some of unknown senders, some that nobody understands.</summary>
internal sealed class SmsReports(ChtWorld world, DocumentFile medic)
{
    public void Write()
    {
        for (var i = 0; i < world.Size.Messages; i++) WriteMessage(i);
    }

    private void WriteMessage(int number)
    {
        var chance = world.Chance("sms", number);
        var woman = number % world.Women;
        var area = world.AreaOf(world.HouseholdOf(woman));
        var sent = ChtWorld.Milliseconds(new DateOnly(2025, 1, 6).AddDays(chance.Below(355)), chance);
        var (form, fields, text) = (number % 3) switch
        {
            0 => ("P", new JsonObject { ["patient_id"] = ChtWorld.ShortCode(woman), ["last_menstrual_period"] = chance.Between(4, 20), ["patient_name"] = "" }, $"P {ChtWorld.ShortCode(woman)}"),
            1 => ("V", new JsonObject { ["patient_id"] = ChtWorld.ShortCode(woman), ["notes"] = chance.Happens(0.3) ? "ok" : "" }, $"V {ChtWorld.ShortCode(woman)}"),
            _ => ("D", new JsonObject { ["patient_id"] = ChtWorld.ShortCode(woman), ["delivery_code"] = chance.Pick(["F", "S", "NS"]), ["days_since_delivery"] = chance.Below(30) }, $"D {ChtWorld.ShortCode(woman)}"),
        };
        var body = new JsonObject
        {
            ["type"] = "data_record",
            ["form"] = form,
            ["from"] = string.Create(CultureInfo.InvariantCulture, $"+2547{area:00000000}"),
            ["fields"] = fields,
            ["patient_id"] = ChtWorld.ShortCode(woman),
            ["errors"] = new JsonArray(),
            ["tasks"] = new JsonArray(new JsonObject { ["state"] = "sent", ["messages"] = new JsonArray(new JsonObject { ["to"] = "+254700000000", ["message"] = "Thank you." }) }),
            ["reported_date"] = sent,
            ["sms_message"] = new JsonObject { ["type"] = "sms_message", ["form"] = form, ["message"] = text, ["from"] = $"+2547{area:00000000}", ["sent_timestamp"] = sent.ToString(CultureInfo.InvariantCulture), ["locale"] = "en", ["gateway_ref"] = chance.Uuid() },
        };
        if (number % 9 > 0) body["contact"] = world.WorkerLineage(area);
        if (number % 40 == 21) Misunderstand(body);
        medic.Add(chance.Uuid(), body);
    }

    /// <summary>A message that fits no form keeps its text only.</summary>
    private static void Misunderstand(JsonObject body)
    {
        foreach (var name in (string[])["form", "fields", "patient_id"]) body.Remove(name);
        body["sms_message"]!["form"] = null;
        body["errors"] = new JsonArray(new JsonObject { ["code"] = "sys.missing_fields", ["message"] = "Missing or invalid fields." });
    }
}
