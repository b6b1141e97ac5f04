using System.Text;
using Tributary.Core.Forms;

namespace Tributary.Tests.Forms;

public sealed class XFormReaderTests
{
    private static FormDefinition Read(string instance, string binds = "", string body = "", string more = "") => XFormReader.Read("f", Encoding.UTF8.GetBytes($"""
        <?xml version="1.0"?>
        <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
        <h:head><h:title>A form</h:title><model>{more}<instance><f id="f" version="7">{instance}</f></instance>{binds}</model></h:head><h:body>{body}</h:body></h:html>
        """.TrimStart()));

    private static string[] Shown(FormDefinition form) => [.. form.Fields.Select(field => $"{field.Key}:{field.Type}:{field.ListKey}")];

    [Fact]
    public void Groups_are_paths_and_lists_are_known_by_the_body_or_by_their_template()
    {
        var form = Read("""<a/><g><b/><h><c/></h></g><l><d/><m jr:template=""><e/></m></l><l><d/></l><orx:meta><orx:instanceID/></orx:meta>""", body: """<repeat nodeset="/f/l"/>""");
        Assert.Equal(["a:Text:", "g/b:Text:", "g/h/c:Text:", "l/d:Text:l", "l/m/e:Text:l/m", "meta/instanceID:Text:"], Shown(form));
        Assert.Equal(("7", "A form"), (form.Version, form.Title));
    }

    [Theory]
    [InlineData("int", "", FormType.Integer)]
    [InlineData("xsd:decimal", "", FormType.Decimal)]
    [InlineData("dateTime", "", FormType.DateTime)]
    [InlineData("geopoint", "", FormType.Point)]
    [InlineData("db:person", "", FormType.Contact)]
    [InlineData("string", "<input ref='/f/a' appearance='select-contact type-person'/>", FormType.Contact)]
    [InlineData("string", "<select1 ref='/f/a'/>", FormType.Choice)]
    [InlineData("select", "<select ref=' /f/a '/>", FormType.Choices)]
    [InlineData("odk:rank", "", FormType.Choices)]
    [InlineData("binary", "<upload ref='/f/a'/>", FormType.Text)]
    [InlineData("what is this", "", FormType.Text)]
    public void A_type_comes_from_the_bind_or_the_control(string type, string body, FormType expected) =>
        Assert.Equal(expected, Read("<a/>", $"<bind nodeset='/f/a' type='{type}'/>", body).Fields[0].Type);

    [Fact]
    public void Labels_and_choices_come_by_language_in_place_or_from_a_list()
    {
        var form = Read("<a/><b/>", """<bind nodeset="/f/b" required="true()"/>""", """
            <select1 ref="/f/a"><label ref="jr:itext('a-label')"/><item><label ref="jr:itext('yes')"/><value>y</value></item><item><label>No</label><value>n</value></item></select1>
            <select ref="/f/b"><label>B</label><itemset nodeset="instance('colours')/root/item[kind='x']"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select>
            """, """
            <itext><translation lang="en"><text id="a-label"><value>Ay</value><value form="image">jr://a.png</value></text><text id="yes"><value>Yes</value></text><text id="c1"><value>Red</value></text></translation>
            <translation lang="sw"><text id="a-label"><value>Ei</value></text><text id="yes"><value>-</value></text></translation></itext>
            """.Trim());
        var (a, b) = (form.Fields[0], form.Fields[1]);
        Assert.Equal([("en", "Ay"), ("sw", "Ei")], a.Labels.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(["y:Yes", "n:No"], a.Choices.Select(choice => $"{choice.Value}:{choice.Labels.Values.First()}"));
        Assert.Equal(("B", true, 0), (b.Labels[""], b.IsRequired, b.Choices.Count));
    }

    [Fact]
    public void Answers_may_stand_in_an_instance_of_their_own()
    {
        var form = XFormReader.Read("f", Encoding.UTF8.GetBytes("""
            <html><head><model><instance><f><a/></f></instance><instance id="colours"><root><item><name>r</name><label>Red</label></item><item><name>g</name><label>Green</label></item></root></instance></model></head>
            <body><select1 ref="/f/a"><itemset nodeset="instance('colours')/root/item"><value ref="name"/><label ref="label"/></itemset></select1></body></html>
            """));
        Assert.Equal(["r:Red", "g:Green"], form.Fields[0].Choices.Select(choice => $"{choice.Value}:{choice.Labels[""]}"));
    }

    public static TheoryData<string> Hostile => new()
    {
        "",
        "not xml",
        "<html/>",
        "<html><model/></html>",
        "<html><model><instance/></model></html>",
        "<html><model><instance><f/></instance></model></html>",
        "<!DOCTYPE html><html><model><instance><f><a/></f></instance></model></html>",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><html><model><instance><f><a>&b;</a></f></instance></model></html>",
        "<!DOCTYPE x [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]><html><model><instance><f><a>&secret;</a></f></instance></model></html>",
        $"<html><model><instance>{string.Concat(Enumerable.Repeat("<f>", 100))}{string.Concat(Enumerable.Repeat("</f>", 100))}</instance></model></html>",
        $"<html><model><instance><f>{string.Concat(Enumerable.Range(0, 6_000).Select(i => $"<a{i}/>"))}</f></instance></model></html>",
        "<html><model><instance><f><a></f></instance></model></html>",
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_is_no_form_is_refused_without_a_word_of_it(string xml)
    {
        var error = Assert.Throws<FormException>(() => XFormReader.Read("f", Encoding.UTF8.GetBytes(xml)));
        Assert.DoesNotContain("aaaa", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("passwd", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_bytes_than_any_form_has_are_not_parsed() =>
        Assert.Contains("larger", Assert.Throws<FormException>(() => XFormReader.Read("f", new byte[10_000_001])).Message, StringComparison.Ordinal);
}
