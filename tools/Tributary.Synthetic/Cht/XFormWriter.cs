using System.Text;
using System.Xml;

namespace Tributary.Synthetic.Cht;

/// <summary>Writes a form as the XForm that is attached to its document, with labels in two languages.</summary>
internal sealed class XFormWriter(FormDefinition form) : IDisposable
{
    private const string Xforms = "http://www.w3.org/2002/xforms";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";
    private const string Rosa = "http://openrosa.org/javarosa";

    private readonly MemoryStream _bytes = new();
    private XmlWriter _xml = null!;

    public static byte[] Bytes(FormDefinition form)
    {
        using var writer = new XFormWriter(form);
        return writer.Write();
    }

    public void Dispose()
    {
        _xml?.Dispose();
        _bytes.Dispose();
    }

    private byte[] Write()
    {
        _xml = XmlWriter.Create(_bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" });
        _xml.WriteStartElement("h", "html", Xhtml);
        _xml.WriteAttributeString("xmlns", Xforms);
        _xml.WriteAttributeString("xmlns", "jr", null, Rosa);
        _xml.WriteAttributeString("xmlns", "orx", null, "http://openrosa.org/xforms");
        _xml.WriteAttributeString("xmlns", "xsd", null, "http://www.w3.org/2001/XMLSchema");
        _xml.WriteStartElement("h", "head", Xhtml);
        _xml.WriteElementString("h", "title", Xhtml, form.Title);
        WriteModel();
        _xml.WriteEndElement();
        _xml.WriteStartElement("h", "body", Xhtml);
        _xml.WriteAttributeString("class", "pages");
        foreach (var field in form.Fields) WriteControl(field, $"/{form.Name}");
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.Flush();
        return _bytes.ToArray();
    }

    private void WriteModel()
    {
        Start("model");
        Start("itext");
        foreach (var language in (string[])["en", "fr"]) WriteTranslation(language);
        _xml.WriteEndElement();
        Start("instance");
        Start(form.Name);
        _xml.WriteAttributeString("id", form.Name);
        _xml.WriteAttributeString("version", form.Version);
        _xml.WriteAttributeString("prefix", $"J1!{form.Name}!");
        _xml.WriteAttributeString("delimiter", "#");
        foreach (var field in form.Fields) WriteInstance(field);
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        foreach (var field in form.Fields) WriteBind(field, $"/{form.Name}");
        _xml.WriteEndElement();
    }

    private void WriteTranslation(string language)
    {
        Start("translation");
        if (language == "en") _xml.WriteAttributeString("default", "true()");
        _xml.WriteAttributeString("lang", language);
        foreach (var field in form.Fields) WriteTexts(field, $"/{form.Name}", language);
        _xml.WriteEndElement();
    }

    private void WriteTexts(FormField field, string above, string language)
    {
        var path = $"{above}/{field.Name}";
        if (field.English is { } english) WriteText($"{path}:label", language == "en" ? english : field.French ?? english);
        foreach (var (name, label) in field.Choices) WriteText($"{path}/{name}:label", label);
        foreach (var child in field.Children) WriteTexts(child, path, language);
    }

    private void WriteText(string id, string value)
    {
        Start("text");
        _xml.WriteAttributeString("id", id);
        _xml.WriteElementString("value", Xforms, value);
        _xml.WriteEndElement();
    }

    private void WriteInstance(FormField field)
    {
        Start(field.Name);
        if (field.Type == "repeat") _xml.WriteAttributeString("jr", "template", Rosa, "");
        foreach (var child in field.Children) WriteInstance(child);
        _xml.WriteEndElement();
    }

    private void WriteBind(FormField field, string above)
    {
        var path = $"{above}/{field.Name}";
        if (!field.IsNest)
        {
            Start("bind");
            _xml.WriteAttributeString("nodeset", path);
            _xml.WriteAttributeString("type", field.Type);
            if (field.English is null) _xml.WriteAttributeString("readonly", "true()");
            _xml.WriteEndElement();
        }
        foreach (var child in field.Children) WriteBind(child, path);
    }

    private void WriteControl(FormField field, string above)
    {
        var path = $"{above}/{field.Name}";
        if (field.IsNest)
        {
            Start("group");
            _xml.WriteAttributeString("ref", path);
            if (field.English is not null) WriteLabel(path);
            if (field.Type == "repeat")
            {
                Start("repeat");
                _xml.WriteAttributeString("nodeset", path);
            }
            foreach (var child in field.Children) WriteControl(child, path);
            if (field.Type == "repeat") _xml.WriteEndElement();
            _xml.WriteEndElement();
            return;
        }
        if (field.English is null) return;
        Start(field.Type == "select" ? "select" : field.Choices.Count > 0 ? "select1" : "input");
        if (field.Appearance is { } appearance) _xml.WriteAttributeString("appearance", appearance);
        _xml.WriteAttributeString("ref", path);
        WriteLabel(path);
        foreach (var (name, _) in field.Choices)
        {
            Start("item");
            WriteLabel($"{path}/{name}");
            _xml.WriteElementString("value", Xforms, name);
            _xml.WriteEndElement();
        }
        _xml.WriteEndElement();
    }

    private void WriteLabel(string path)
    {
        Start("label");
        _xml.WriteAttributeString("ref", $"jr:itext('{path}:label')");
        _xml.WriteEndElement();
    }

    private void Start(string name) => _xml.WriteStartElement(name, Xforms);
}
