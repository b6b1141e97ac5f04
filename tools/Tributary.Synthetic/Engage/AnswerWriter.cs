using System.Globalization;
using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes the items of a response, nested as the questionnaire nests them.</summary>
internal static class AnswerWriter
{
    public static void WriteItems(Utf8JsonWriter json, IReadOnlyList<QuestionnaireItem> items, AnswerContext context)
    {
        var asked = items.Where(item => IsAsked(item, context)).ToList();
        if (asked.Count == 0) return;
        json.WriteStartArray("item");
        foreach (var item in asked)
        {
            WriteItem(json, item, context);
            if (item.Twice && context.Chance.Happens(0.5)) WriteItem(json, item, context);
        }

        json.WriteEndArray();
    }

    private static bool IsAsked(QuestionnaireItem item, AnswerContext context)
    {
        if (item.OnlyInVersion2) return context.IsVersion2;
        return item.Rare ? context.Chance.Happens(0.6) : !context.HasGaps || item.Source != "phq" || context.Chance.Happens(0.8);
    }

    private static void WriteItem(Utf8JsonWriter json, QuestionnaireItem item, AnswerContext context)
    {
        json.WriteStartObject();
        json.WriteString("linkId", item.LinkId);
        json.WriteString("text", item.Label);
        if (item.Type == "group") WriteItems(json, item.Items, context);
        else if (item.Type != "display" && !context.Chance.Happens(0.01)) WriteAnswers(json, item, context);
        json.WriteEndObject();
    }

    private static void WriteAnswers(Utf8JsonWriter json, QuestionnaireItem item, AnswerContext context)
    {
        var answers = item.Many ? context.Chance.Between(1, 3) : 1;
        json.WriteStartArray("answer");
        for (var i = 0; i < answers; i++)
        {
            json.WriteStartObject();
            WriteValue(json, item, context);
            WriteItems(json, item.AnswerItems, context);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, QuestionnaireItem item, AnswerContext context)
    {
        switch (item.Type)
        {
            case "boolean": json.WriteBoolean("valueBoolean", AnswerValue.Boolean(item.Source, context)); break;
            case "integer": json.WriteNumber("valueInteger", AnswerValue.Integer(item.Source, context)); break;
            case "decimal": json.WriteNumber("valueDecimal", AnswerValue.Decimal(item.Source, context)); break;
            case "date": json.WriteString("valueDate", AnswerValue.Date(item.Source, context)); break;
            case "dateTime": json.WriteString("valueDateTime", AnswerValue.DateTime(item.Source, context)); break;
            case "time": json.WriteString("valueTime", string.Create(CultureInfo.InvariantCulture, $"{context.Chance.Between(8, 19):D2}:{15 * context.Chance.Below(4):D2}:00")); break;
            case "string" or "text": json.WriteString("valueString", AnswerValue.Text(item.Source, context)); break;
            case "url": json.WriteString("valueUri", AnswerValue.Uri(item.Source, context)); break;
            case "choice": WriteCoding(json, item.Source, context); break;
            case "quantity": WriteQuantity(json, item.Source, context); break;
            case "reference": json.Reference("valueReference", AnswerValue.Reference(item.Source, context)); break;
            case "attachment": WriteAttachment(json, context); break;
            default: throw new InvalidOperationException($"questionnaires.txt: {item.LinkId} has the unknown kind {item.Kind}.");
        }
    }

    private static void WriteCoding(Utf8JsonWriter json, string source, AnswerContext context)
    {
        var set = context.World.Questionnaires.Options[AnswerValue.OptionSetOf(source)];
        var (code, display) = set.Values[AnswerValue.Choice(source, set.Values.Count, context)];
        json.WriteStartObject("valueCoding");
        json.WriteString("system", set.System);
        json.WriteString("code", code);
        if (!context.Chance.Happens(0.02)) json.WriteString("display", display);
        json.WriteEndObject();
    }

    private static void WriteQuantity(Utf8JsonWriter json, string source, AnswerContext context)
    {
        var (low, high, unit) = source == "money" ? (100, 9000, "USD") : (140, 198, "cm");
        json.WriteStartObject("valueQuantity");
        json.WriteNumber("value", context.Chance.Between(low * 10, high * 10) / 10m);
        json.WriteString("unit", unit);
        json.WriteString("system", source == "money" ? "urn:iso:std:iso:4217" : "http://unitsofmeasure.org");
        json.WriteString("code", unit);
        json.WriteEndObject();
    }

    private static void WriteAttachment(Utf8JsonWriter json, AnswerContext context)
    {
        json.WriteStartObject("valueAttachment");
        json.WriteString("contentType", "image/jpeg");
        json.WriteString("url", $"{FhirJson.Base}/Binary/{context.Chance.Uuid()}");
        json.WriteString("title", $"{context.Story.Person.FullName}, identity document");
        json.WriteEndObject();
    }
}
