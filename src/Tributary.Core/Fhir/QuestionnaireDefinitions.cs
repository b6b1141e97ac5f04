using System.Text;
using System.Text.Json;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>
/// Questionnaire resources, read for what the metadata CSV does not say: titles, labels and types. A questionnaire is known by the last
/// segment of its canonical, by its id and by its name.
/// </summary>
public sealed class QuestionnaireDefinitions
{
    private const int LargestFile = 100_000_000;
    private const int Deepest = 128;

    public static readonly QuestionnaireDefinitions None = new();

    private readonly Dictionary<(string Questionnaire, string LinkId), QuestionnaireItem> items = [];
    private readonly Dictionary<string, string> titles = new(StringComparer.Ordinal);

    private QuestionnaireDefinitions()
    {
    }

    /// <summary>Files of Questionnaires or Bundles of them, as JSON or NDJSON; throws with every file that is neither.</summary>
    public static QuestionnaireDefinitions Read(IEnumerable<(string Name, byte[] Content)> files)
    {
        var definitions = new QuestionnaireDefinitions();
        var problems = new Problems();
        foreach (var (name, content) in files) definitions.Add(name, content, problems);
        problems.ThrowIfAny();
        return definitions;
    }

    /// <summary>The row with what it leaves blank, as far as a questionnaire says it.</summary>
    internal MetadataRow Fill(MetadataRow row)
    {
        if (items.Count == 0) return row;
        var item = items.GetValueOrDefault((row.Source, row.LinkId));
        return row.With("label", item?.Text).With("data_type", item?.DataType).With("questionnaire_title", titles.GetValueOrDefault(row.Source));
    }

    private void Add(string file, byte[] content, Problems problems)
    {
        if (content.Length > LargestFile)
        {
            problems.Add(ErrorCodes.LimitExceeded, new SourcePosition(file), $"the file is larger than {LargestFile / 1_000_000} MB");
            return;
        }
        var text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
        var parts = file.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) ? text.Split('\n') : [text];
        for (var line = 0; line < parts.Length; line++)
        {
            if (string.IsNullOrWhiteSpace(parts[line])) continue;
            try
            {
                using var document = JsonDocument.Parse(parts[line], new JsonDocumentOptions { MaxDepth = Deepest });
                Add(document.RootElement);
            }
            catch (JsonException wrong)
            {
                problems.Add(ErrorCodes.QuestionnaireMetadata, new SourcePosition(file, line + (int)(wrong.LineNumber ?? 0) + 1), "this is not JSON", "Expected a Questionnaire, or one a line.");
            }
        }
    }

    private void Add(JsonElement resource)
    {
        if (resource.ValueKind != JsonValueKind.Object) return;
        if (Text(resource, "resourceType") == "Bundle")
        {
            foreach (var entry in Elements(resource, "entry"))
            {
                if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out var inner)) Add(inner);
            }
        }
        if (Text(resource, "resourceType") != "Questionnaire") return;
        var names = new[] { Text(resource, "url").Split('|')[0].Split('/')[^1], Text(resource, "id"), Text(resource, "name") }.Where(name => name.Length > 0).Distinct().ToList();
        foreach (var name in names) titles.TryAdd(name, Text(resource, "title"));
        AddItems(resource, names);
    }

    private void AddItems(JsonElement parent, List<string> names)
    {
        foreach (var item in Elements(parent, "item").Where(item => item.ValueKind == JsonValueKind.Object))
        {
            var found = new QuestionnaireItem(Text(item, "text"), Text(item, "type"), item.TryGetProperty("repeats", out var repeats) && repeats.ValueKind == JsonValueKind.True);
            foreach (var name in names) items.TryAdd((name, Text(item, "linkId")), found);
            AddItems(item, names);
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : ""; // a string has one

    private static IEnumerable<JsonElement> Elements(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
