using System.Text.Json;

namespace Tributary.Synthetic.Engage;

/// <summary>Writes Questionnaire: the forms themselves, at every scale the same.</summary>
internal sealed class QuestionnaireWriter(EngageWorld world, NdjsonFile file)
{
    public void Write(Questionnaire questionnaire)
    {
        var json = file.Json;
        json.Begin("Questionnaire", questionnaire.Name.Replace('_', '-'), (1, EngageWorld.Start));
        json.WriteString("url", questionnaire.Canonical);
        json.WriteString("version", "1.0");
        json.WriteString("name", questionnaire.Name);
        json.WriteString("title", questionnaire.Title);
        json.WriteString("status", "active");
        WriteItems(json, questionnaire.Items);
        file.EndResource();
    }

    private void WriteItems(Utf8JsonWriter json, IReadOnlyList<QuestionnaireItem> items)
    {
        if (items.Count == 0) return;
        json.WriteStartArray("item");
        foreach (var item in items)
        {
            json.WriteStartObject();
            json.WriteString("linkId", item.LinkId);
            json.WriteString("text", item.Label);
            json.WriteString("type", item.Type);
            if (item.Many || item.Twice) json.WriteBoolean("repeats", true);
            if (item.Type == "choice") WriteOptions(json, item);
            WriteItems(json, [.. item.Items, .. item.AnswerItems]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteOptions(Utf8JsonWriter json, QuestionnaireItem item)
    {
        var set = world.Questionnaires.Options[AnswerValue.OptionSetOf(item.Source)];
        json.WriteStartArray("answerOption");
        foreach (var (code, display) in set.Values)
        {
            json.WriteStartObject();
            json.WritePropertyName("valueCoding");
            json.Coding(set.System, code, display);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
