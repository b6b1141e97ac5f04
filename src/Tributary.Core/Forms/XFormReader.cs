using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tributary.Core.Forms;

/// <summary>Reads an XForm: its primary instance says which fields there are, binds and controls of what type, the body which groups are lists.</summary>
internal sealed partial class XFormReader
{
    private const int MostFields = 5_000;

    private readonly XElement root;
    private readonly XElement instance;
    private readonly string top;
    private readonly HashSet<string> lists;
    private readonly Dictionary<string, XElement> binds;
    private readonly Dictionary<string, XElement> controls;
    private readonly XFormLabels labels;

    private XFormReader(XElement root)
    {
        this.root = root;
        var model = Named(root.Descendants(), "model").FirstOrDefault() ?? throw new FormException("it has no model");
        instance = Named(model.Elements(), "instance").FirstOrDefault()?.Elements().FirstOrDefault() ?? throw new FormException("its model has no primary instance");
        top = "/" + instance.Name.LocalName;
        binds = First(Named(model.Elements(), "bind"), "nodeset");
        var body = Named(root.Descendants(), "body").FirstOrDefault() ?? new XElement("body");
        lists = [.. Named(body.Descendants(), "repeat").Select(repeat => Relative(Attribute(repeat, "nodeset") ?? Attribute(repeat, "ref")))];
        controls = First(body.Descendants().Where(element => element.Name.LocalName is "input" or "select1" or "select" or "upload" or "range" or "trigger" or "rank"), "ref", "bind");
        labels = new XFormLabels(model);
    }

    /// <summary>Throws <see cref="FormException"/>.</summary>
    public static FormDefinition Read(string form, byte[] xml) => new XFormReader(XFormText.Read(xml)).Definition(form);

    private FormDefinition Definition(string form)
    {
        var fields = new Dictionary<string, FormField>(StringComparer.Ordinal);
        Add(instance, [], [], fields);
        if (fields.Count == 0) throw new FormException("its primary instance has no fields");
        var title = Named(root.Descendants(), "title").FirstOrDefault()?.Value.Trim() ?? "";
        return new FormDefinition(form, IsSms: false, Attribute(instance, "version") ?? "", title, [.. fields.Values]);
    }

    /// <summary>A list is often there twice, as template and as first entry.</summary>
    private void Add(XElement parent, string[] path, int[] within, Dictionary<string, FormField> fields)
    {
        foreach (var element in parent.Elements())
        {
            string[] here = [.. path, element.Name.LocalName];
            var key = string.Join('/', here);
            var isList = lists.Contains(key) || element.Attributes().Any(attribute => attribute.Name.LocalName == "template");
            int[] around = isList ? [.. within, here.Length] : within;
            if (element.HasElements) Add(element, here, around, fields);
            else if (!isList && fields.TryAdd(key, Field(here, around, key)) && fields.Count > MostFields) throw new FormException($"it has more than {MostFields} fields");
        }
    }

    private FormField Field(string[] path, int[] within, string key)
    {
        var bind = binds.GetValueOrDefault(key);
        var control = controls.GetValueOrDefault(key);
        return new FormField(path, TypeOf(bind, control), within)
        {
            Labels = control is null ? new Dictionary<string, string>() : labels.Of(control, $"{top}/{key}"),
            Choices = control is null ? [] : labels.ChoicesOf(control),
            IsRequired = bind is not null && (Attribute(bind, "required")?.StartsWith("true", StringComparison.Ordinal) ?? false),
        };
    }

    private static FormType TypeOf(XElement? bind, XElement? control)
    {
        var word = (bind is null ? null : Attribute(bind, "type")) ?? "string";
        if (word.StartsWith("db:", StringComparison.Ordinal) || (control is not null && (Attribute(control, "appearance") ?? "").Split(' ').Any(one => one is "select-contact" or "db-object"))) return FormType.Contact;
        return (word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..], control?.Name.LocalName) switch
        {
            ("select1", _) => FormType.Choice,
            ("select" or "rank" or "odk:rank", _) => FormType.Choices,
            ("int" or "integer" or "long", _) => FormType.Integer,
            ("decimal" or "double" or "float", _) => FormType.Decimal,
            ("boolean", _) => FormType.Boolean,
            ("date", _) => FormType.Date,
            ("dateTime", _) => FormType.DateTime,
            ("time", _) => FormType.Time,
            ("geopoint", _) => FormType.Point,
            (_, "select1") => FormType.Choice,
            (_, "select" or "rank") => FormType.Choices,
            _ => FormType.Text,
        };
    }

    /// <summary>The path below the primary instance, whichever way it is written.</summary>
    private string Relative(string? path)
    {
        var plain = Spaces().Replace(path ?? "", "");
        return plain.StartsWith(top + "/", StringComparison.Ordinal) ? plain[(top.Length + 1)..] : plain.TrimStart('/');
    }

    private Dictionary<string, XElement> First(IEnumerable<XElement> elements, params string[] attributes)
    {
        var found = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            if (attributes.Select(name => Attribute(element, name)).FirstOrDefault(value => value is not null) is { } path) found.TryAdd(Relative(path), element);
        }
        return found;
    }

    internal static IEnumerable<XElement> Named(IEnumerable<XElement> elements, string name) => elements.Where(element => element.Name.LocalName == name);

    internal static string? Attribute(XElement element, string name) =>
        element.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == name && !attribute.IsNamespaceDeclaration)?.Value;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
