using System.Text.Json;

namespace Tributary.Core.Forms;

/// <summary>Reads the documents that define forms: those named <c>form:…</c> with the attachment <c>xml</c>, and the settings.</summary>
internal static class FormDocuments
{
    private const string Prefix = "form:";
    private const int Deepest = 64;

    /// <summary>Forms that make contacts, not reports.</summary>
    private const string OfContacts = "form:contact:";

    public static FormKnowledge OfForm(string id, string? internalId, string? xml, bool isStub)
    {
        if (id.StartsWith(OfContacts, StringComparison.Ordinal)) return FormKnowledge.None;
        var form = string.IsNullOrEmpty(internalId) ? id[Prefix.Length..] : internalId;
        try
        {
            if (xml is null)
                throw new FormException(isStub ? "its XForm did not come along (the source needs `attachments: data`, and the document must come again)" : "its document has no attachment xml");
            return new([XFormReader.Read(form, Convert.FromBase64String(xml))], []);
        }
        catch (FormatException)
        {
            return new([], [new FormProblem(id, form, "its attachment is not base64")]);
        }
        catch (FormException error)
        {
            return new([], [new FormProblem(id, form, error.Message)]);
        }
    }

    public static FormKnowledge OfSettings(string id, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Deepest });
            var forms = SmsForms.Read(document.RootElement).ToList();
            return new([.. forms.Select(form => form.Definition).OfType<FormDefinition>()], [.. forms.Where(form => form.Problem is not null).Select(form => new FormProblem(id, form.Form, form.Problem!))]); // filtered
        }
        catch (JsonException)
        {
            return new([], [new FormProblem(id, "", $"it is no JSON that may be read (at most {Deepest} deep)")]);
        }
    }

    public static FormKnowledge OfFile(string path, string form, byte[] bytes)
    {
        if (bytes.Length > XFormText.LargestBytes) return new([], [new FormProblem(path, form, "it is too large")]);
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return OfSettings(path, System.Text.Encoding.UTF8.GetString(bytes));
        try
        {
            return new([XFormReader.Read(form, bytes)], []);
        }
        catch (FormException error)
        {
            return new([], [new FormProblem(path, form, error.Message)]);
        }
    }
}
