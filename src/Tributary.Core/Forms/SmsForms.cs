using System.Text.Json;

namespace Tributary.Core.Forms;

/// <summary>Reads the forms for text messages out of the settings document: <c>settings.forms</c>, by code.</summary>
internal static class SmsForms
{
    private const int MostFields = 5_000;

    /// <summary>Each form, or why it cannot be read.</summary>
    public static IEnumerable<(string Form, FormDefinition? Definition, string? Problem)> Read(JsonElement document)
    {
        var settings = document.ValueKind == JsonValueKind.Object && document.TryGetProperty("settings", out var inner) ? inner : document;
        if (settings.ValueKind != JsonValueKind.Object || !settings.TryGetProperty("forms", out var forms) || forms.ValueKind != JsonValueKind.Object) yield break;
        foreach (var form in forms.EnumerateObject()) yield return Read(form.Name, form.Value);
    }

    private static (string, FormDefinition?, string?) Read(string code, JsonElement form)
    {
        if (form.ValueKind != JsonValueKind.Object || !form.TryGetProperty("fields", out var fields) || fields.ValueKind != JsonValueKind.Object) return (code, null, "it has no fields");
        var read = new List<(int Position, FormField Field)>();
        foreach (var field in fields.EnumerateObject().Take(MostFields))
        {
            if (field.Value.ValueKind == JsonValueKind.Object) read.Add((Position(field.Value), Field(field.Name, field.Value)));
        }
        if (read.Count == 0) return (code, null, "it has no fields");
        var meta = form.TryGetProperty("meta", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return (code, new FormDefinition(code, IsSms: true, "", Labels(meta, "label").Values.FirstOrDefault() ?? "", [.. read.OrderBy(one => one.Position).Select(one => one.Field)]), null);
    }

    private static FormField Field(string name, JsonElement field)
    {
        var choices = Choices(field);
        var labels = field.TryGetProperty("labels", out var group) && group.ValueKind == JsonValueKind.Object ? Labels(group, "description") is { Count: > 0 } long_ ? long_ : Labels(group, "short") : [];
        return new FormField([name], TypeOf(Text(field, "type"), choices.Count > 0), [])
        {
            Labels = labels,
            Choices = choices,
            IsRequired = field.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.True,
        };
    }

    /// <summary>An answer out of a list arrives as the list's word for it.</summary>
    private static FormType TypeOf(string? type, bool hasList) => (type, hasList) switch
    {
        (_, true) => FormType.Choice,
        ("integer", _) => FormType.Integer,
        ("numeric", _) => FormType.Decimal,
        ("boolean", _) => FormType.Boolean,
        ("date" or "bsDate" or "bsDate_parts", _) => FormType.Date,
        _ => FormType.Text,
    };

    private static IReadOnlyList<FormChoice> Choices(JsonElement field)
    {
        if (!field.TryGetProperty("list", out var list) || list.ValueKind != JsonValueKind.Array) return [];
        return [.. list.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Array && entry.GetArrayLength() == 2)
            .Select(entry => new FormChoice(entry[0].ToString(), Labels(entry[1])))];
    }

    private static int Position(JsonElement field) =>
        field.TryGetProperty("position", out var position) && position.ValueKind == JsonValueKind.Number && position.TryGetInt32(out var number) ? number : int.MaxValue;

    private static Dictionary<string, string> Labels(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var label) ? Labels(label) : [];

    /// <summary>A text, a text by language, or the key of a translation.</summary>
    private static Dictionary<string, string> Labels(JsonElement label) => label.ValueKind switch
    {
        JsonValueKind.String => new() { [""] = label.ToString() },
        JsonValueKind.Object => label.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String)
            .DistinctBy(entry => entry.Name).ToDictionary(entry => entry.Name == "translation_key" ? "" : entry.Name, entry => entry.Value.ToString()),
        _ => [],
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
