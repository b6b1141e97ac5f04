using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tributary.Core.Forms;

/// <summary>What an XForm calls its fields and answers, by language: written in place, or in <c>itext</c>.</summary>
internal sealed partial class XFormLabels(XElement model)
{
    private const int Longest = 2_000;
    private const int MostChoices = 2_000;

    private readonly Dictionary<string, Dictionary<string, string>> texts = Read(model);

    public IReadOnlyDictionary<string, string> Of(XElement control, string path)
    {
        var label = XFormReader.Named(control.Elements(), "label").FirstOrDefault();
        if (label is not null) return Of(label);
        return texts.GetValueOrDefault($"{path}:label") ?? [];
    }

    public IReadOnlyList<FormChoice> ChoicesOf(XElement control)
    {
        var written = XFormReader.Named(control.Elements(), "item")
            .Select(item => new FormChoice(ValueOf(item, "value"), LabelsOf(item, "label")));
        return [.. written.Concat(XFormReader.Named(control.Elements(), "itemset").SelectMany(Listed)).Where(choice => choice.Value.Length > 0).DistinctBy(choice => choice.Value).Take(MostChoices)];
    }

    /// <summary>Answers that stand in an instance of their own; conditions on them are passed over.</summary>
    private IEnumerable<FormChoice> Listed(XElement itemset)
    {
        var name = InstanceName().Match(XFormReader.Attribute(itemset, "nodeset") ?? "");
        var list = name.Success ? XFormReader.Named(model.Elements(), "instance").FirstOrDefault(instance => XFormReader.Attribute(instance, "id") == name.Groups[1].Value) : null;
        var value = Reference(itemset, "value") ?? "name";
        var label = Reference(itemset, "label") ?? "label";
        var itext = Itext().Match(label);
        foreach (var item in (list is null ? [] : XFormReader.Named(list.Descendants(), "item")))
        {
            var own = ValueOf(item, itext.Success ? itext.Groups[1].Value : label);
            yield return new FormChoice(ValueOf(item, value), itext.Success ? texts.GetValueOrDefault(own) ?? [] : Plain(own));
        }
    }

    private static string? Reference(XElement itemset, string name) =>
        XFormReader.Named(itemset.Elements(), name).Select(element => XFormReader.Attribute(element, "ref")).FirstOrDefault();

    private static string ValueOf(XElement item, string name) => XFormReader.Named(item.Elements(), name).FirstOrDefault()?.Value.Trim() ?? "";

    private IReadOnlyDictionary<string, string> LabelsOf(XElement item, string name) =>
        XFormReader.Named(item.Elements(), name).FirstOrDefault() is { } label ? Of(label) : new Dictionary<string, string>();

    private Dictionary<string, string> Of(XElement label)
    {
        var itext = Itext().Match(XFormReader.Attribute(label, "ref") ?? "");
        return itext.Success ? texts.GetValueOrDefault(itext.Groups[1].Value.Trim('\'', '"')) ?? [] : Plain(label.Value.Trim());
    }

    private static Dictionary<string, string> Plain(string text) => text.Length == 0 ? [] : new() { [""] = Cut(text) };

    private static Dictionary<string, Dictionary<string, string>> Read(XElement model)
    {
        var texts = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var translation in XFormReader.Named(model.Descendants(), "translation"))
        {
            var language = XFormReader.Attribute(translation, "lang") ?? "";
            foreach (var text in XFormReader.Named(translation.Elements(), "text"))
            {
                var value = XFormReader.Named(text.Elements(), "value").FirstOrDefault(one => XFormReader.Attribute(one, "form") is null)?.Value.Trim() ?? "";
                if (XFormReader.Attribute(text, "id") is not { } id || value is "" or "-") continue;
                if (!texts.TryGetValue(id, out var languages)) texts[id] = languages = new(StringComparer.Ordinal);
                languages.TryAdd(language, Cut(value));
            }
        }
        return texts;
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest].TrimEnd('\uD800', '\uDBFF') + "…";

    [GeneratedRegex(@"instance\(\s*['""]([^'""]+)['""]\s*\)")]
    private static partial Regex InstanceName();

    [GeneratedRegex(@"^\s*jr:itext\(\s*(.+?)\s*\)\s*$")]
    private static partial Regex Itext();
}
