using System.Globalization;
using System.Text.Json.Nodes;

namespace Tributary.Synthetic.Cht;

/// <summary>What years of phones, versions and clocks leave in reports. Which report gets what follows from its number.</summary>
internal static class ChtDirt
{
    public static void Soil(JsonObject report, int number)
    {
        var fields = report["fields"]!.AsObject();
        switch (number % 97)
        {
            case 3: report["reported_date"] = ((long)report["reported_date"]!).ToString(CultureInfo.InvariantCulture); break;
            case 5: report["reported_date"] = 86_400_000L; break;                     // a phone whose clock began anew
            case 7: report["reported_date"] = 4_102_444_800_000L; break;              // a clock that is decades ahead
            case 11: fields["weight"] = "NaN"; break;
            case 13: fields["fields_of_a_later_version"] = new JsonObject { ["question"] = "answer", ["list"] = new JsonArray("a", 2, null) }; break;
            case 17: fields["device_serial"] = JsonNode.Parse("12345678901234567890123"); break;
            case 19: report["notes"] = "line one\u0000line two"; break;
            case 23: Replace(fields, 42); break;                                      // an old version wrote a number where text is declared
            case 29: Replace(fields, new JsonObject { ["unexpected"] = "object" }); break;
            case 31: Replace(fields, "not known"); break;
            case 37: report.Remove("contact"); break;
            case 41: fields.Remove("g_visit"); fields.Remove("g_child"); break;       // a group that was never opened
            case 43: report["contact"] = null; break;
            case 47: report["geolocation"] = new JsonObject { ["latitude"] = -0.1, ["longitude"] = 34.75, ["accuracy"] = 12 }; break;
            case 53: report["reported_date"] = null; break;
            case 59: report["geolocation"] = new JsonObject { ["code"] = 1, ["message"] = "User denied Geolocation" }; break;
        }
    }

    /// <summary>Puts another thing where a question of the form has its answer.</summary>
    private static void Replace(JsonObject fields, JsonNode value)
    {
        foreach (var name in (string[])["weeks_pregnant", "visit_number", "babies_alive", "needs_referral", "patient_name"])
        {
            if (!fields.ContainsKey(name)) continue;
            fields[name] = value;
            return;
        }
    }
}
