using System.Globalization;
using System.Text.Json.Nodes;

namespace Tributary.Synthetic.Cht;

/// <summary>Fills a form as the app does: everything a text, groups as objects, repeats as arrays, unasked questions empty.</summary>
internal static class ReportBody
{
    /// <param name="form">The form that is filled.</param>
    /// <param name="answers">Answers by path; what it does not name is drawn by chance from the question's type.</param>
    public static JsonObject Fields(FormDefinition form, IReadOnlyDictionary<string, JsonNode?> answers, DateOnly day, Chance chance) => Nest(form.Fields, "", answers, day, chance);

    private static JsonObject Nest(IReadOnlyList<FormField> fields, string above, IReadOnlyDictionary<string, JsonNode?> answers, DateOnly day, Chance chance)
    {
        var nest = new JsonObject();
        foreach (var field in fields)
        {
            var path = above + field.Name;
            nest[field.Name] = answers.TryGetValue(path, out var given) ? given?.DeepClone() : field.Type switch
            {
                "group" => Nest(field.Children, $"{path}/", answers, day, chance),
                "repeat" => Repeated(field, path, answers, day, chance),
                _ => Drawn(field, day, chance),
            };
        }
        return nest;
    }

    private static JsonArray Repeated(FormField field, string path, IReadOnlyDictionary<string, JsonNode?> answers, DateOnly day, Chance chance)
    {
        var rows = new JsonArray();
        for (var i = chance.Below(4); i > 0; i--) rows.Add((JsonNode)Nest(field.Children, $"{path}/", answers, day, chance));
        return rows;
    }

    private static JsonNode Drawn(FormField field, DateOnly day, Chance chance)
    {
        if (chance.Happens(0.06)) return "";
        if (field.Choices.Count > 0) return Chosen(field, chance);
        return field.Type switch
        {
            "int" => chance.Below(12).ToString(CultureInfo.InvariantCulture),
            "decimal" => string.Create(CultureInfo.InvariantCulture, $"{chance.Between(20, 99)}.{chance.Below(10)}"),
            "date" => ChtWorld.Day(day.AddDays(-chance.Below(10))),
            "dateTime" => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T{chance.Between(6, 18):00}:{chance.Below(60):00}:00.000+03:00"),
            "time" => string.Create(CultureInfo.InvariantCulture, $"{chance.Between(6, 18):00}:{chance.Below(60):00}:00.000+03:00"),
            "geopoint" => string.Create(CultureInfo.InvariantCulture, $"-0.{chance.Between(100_000, 199_999)} 34.{chance.Between(700_000, 799_999)} 1{chance.Below(900):000}.5 {chance.Between(3, 30)}"),
            _ => field.English is null ? "" : chance.Pick(["", "", "seen at home", "mother was away"]),
        };
    }

    private static string Chosen(FormField field, Chance chance)
    {
        if (field.Type != "select") return chance.Pick(field.Choices).Name;
        return string.Join(' ', field.Choices.Where(_ => chance.Happens(0.15)).Select(choice => choice.Name));
    }
}
