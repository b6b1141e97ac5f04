using Tributary.Tests.Live.Connectors.Couch;

namespace Tributary.Tests.Live.Forms;

/// <summary>Form tables made by the real program, from definitions that came with the data.</summary>
public sealed class FormTableTests
{
    private const string Fields = "<inputs><source/><contact><_id/></contact></inputs><g><lmp/><weight/><count/><seen/><at/><place/><sure/><risk/><kind/></g><children><name/><age/></children><note/>";

    private const string Binds = """
        <bind nodeset="/preg/g/lmp" type="date" required="true()"/><bind nodeset="/preg/g/weight" type="decimal"/><bind nodeset="/preg/g/count" type="int"/>
        <bind nodeset="/preg/g/seen" type="dateTime"/><bind nodeset="/preg/g/at" type="time"/><bind nodeset="/preg/g/place" type="geopoint"/><bind nodeset="/preg/g/sure" type="boolean"/>
        <bind nodeset="/preg/g/risk" type="select"/><bind nodeset="/preg/g/kind" type="select1"/><bind nodeset="/preg/children/age" type="int"/><bind nodeset="/preg/inputs/contact/_id" type="db:person"/>
        """;

    private const string Body = """
        <group ref="/preg/g"><input ref="/preg/g/lmp"><label>Last period</label></input>
        <select1 ref="/preg/g/kind"><label>Kind</label><item><label>One</label><value>a</value></item><item><label>Two</label><value>b</value></item></select1></group>
        <group ref="/preg/children"><repeat nodeset="/preg/children"><input ref="/preg/children/name"/></repeat></group>
        """;

    [Fact]
    [Requirement("C8", "C17", "C25", "C27")]
    public async Task Forms_become_typed_tables_with_lists_errors_and_what_is_unknown()
    {
        await using var host = await CouchHost.CreateAsync();
        using var project = await CouchProject.CreateWithFormsAsync(host);
        host.Medic.PutForm("preg", Fields, Binds, Body);
        host.Medic.PutReport("r1", "preg", """
            {"inputs":{"source":"task","contact":{"_id":"c1"}},"g":{"lmp":"2024-02-29","weight":"61.50","count":"12345678901234567","seen":"2025-01-01T10:00:00.000+03:00","at":"09:30:00.000+03:00",
            "place":"-1.25 36.8 1700 5","sure":"true","risk":"fever  bleeding","kind":"a","extra":{"deep":"kept"}},"children":[{"name":"A","age":"3"},{"name":"B","age":"","toys":"7"}],"note":"hi","more":"x"}
            """, ",\"contact\":{\"_id\":\"c1\",\"parent\":{\"_id\":\"p1\",\"parent\":{\"_id\":\"p2\"}}},\"patient_id\":\"12345\"");
        host.Medic.PutReport("r2", "preg", """{"g":{"lmp":"2023-02-29","weight":"NaN","count":"1.5","seen":"soon","at":"25:00","place":"here","sure":"perhaps","risk":"","kind":""},"children":{"name":"C","age":"old"}}""");
        host.Medic.PutReport("r3", "preg", "{}");
        host.Medic.PutReport("other", "unknown_form", "{}");
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("build")).Expect(0);

        var warehouse = host.Warehouse;
        Assert.Equal(["r1|2024-02-29|61.50|12345678901234567|01/01/2025 07:00:00|09:30:00|-1.25|36.8|1700|5|True|{fever,bleeding}|a|hi|{\"g\": {\"extra\": {\"deep\": \"kept\"}}, \"more\": \"x\"}|∅"],
            await warehouse.LinesAsync("select uuid, lmp::text, weight, count, seen at time zone 'UTC', at::text, place_latitude, place_longitude, place_altitude, place_accuracy, sure, risk::text, kind, note, _unknown::text, _errors from cht.formview_preg where uuid = 'r1'"));
        Assert.Equal(["r1|12345|c1|p1|p2|{p1,p2}|2025-01-01|task|c1"], await warehouse.LinesAsync(
            "select uuid, patient_id, contact_uuid, parent_uuid, grandparent_uuid, lineage::text, (reported at time zone 'UTC')::date::text, inputs_source, inputs_contact__id from cht.formview_preg where uuid = 'r1'"));
        Assert.Equal(["∅|∅|∅|∅|∅|∅|∅|∅|{\"at\": \"not a time\", \"lmp\": \"not a date\", \"seen\": \"not a moment\", \"sure\": \"neither true nor false\", \"count\": \"not a whole number\", \"place\": \"not a point\"}"],
            await warehouse.LinesAsync("select lmp, weight, count, seen, at, place_latitude, risk, kind, _errors::text from cht.formview_preg where uuid = 'r2'"));
        Assert.Equal(["r1|1|A|3|∅|∅", "r1|2|B|∅|{\"toys\": \"7\"}|∅", "r2|1|C|∅|∅|{\"age\": \"not a whole number\"}"],
            await warehouse.LinesAsync("select uuid, position, name, age, _unknown::text, _errors::text from cht.formview_preg_children order by 1, 2"));
        Assert.Equal(["3"], await warehouse.LinesAsync("select count(*) from cht.formview_preg"));
        Assert.Equal(["lmp|g/lmp|date|date|Last period|[]|True", "kind|g/kind|select1|text|Kind|[{\"value\": \"a\", \"labels\": {\"\": \"One\"}}, {\"value\": \"b\", \"labels\": {\"\": \"Two\"}}]|False"],
            await warehouse.LinesAsync("select column_name, path, type, data_type, label, choices::text, is_required from cht.form_dictionary where column_name in ('lmp', 'kind') order by 1 desc"));

        host.Medic.Delete("r1");
        host.Medic.PutReport("r2", "preg", """{"g":{"lmp":"2023-03-01"},"children":[]}""");
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("build")).Expect(0);
        Assert.Equal(["r2|2023-03-01|∅", "r3|∅|∅"], await warehouse.LinesAsync("select uuid, lmp::text, _errors from cht.formview_preg order by 1"));
        Assert.Equal(["0"], await warehouse.LinesAsync("select count(*) from cht.formview_preg_children"));
    }

    [Fact]
    [Requirement("C8")]
    public async Task A_new_version_adds_columns_and_never_drops_and_what_cannot_be_read_blocks_only_itself()
    {
        await using var host = await CouchHost.CreateAsync();
        using var project = await CouchProject.CreateWithFormsAsync(host);
        host.Medic.PutForm("visit", "<a/><b/>", "<bind nodeset=\"/visit/a\" type=\"int\"/>");
        host.Medic.PutXml("bad", "<!DOCTYPE x [<!ENTITY e \"boom\">]><x>&e;</x>");
        host.Medic.PutReport("r1", "visit", """{"a":"1","b":"x","c":"2025-01-01"}""");
        (await project.RunAsync("sync")).Expect(0);
        var built = (await project.RunAsync("build")).Expect(0);
        Assert.Contains("TRB0331", built.Errors, StringComparison.Ordinal);
        Assert.Contains("'bad'", built.Errors, StringComparison.Ordinal);
        Assert.Equal(["1|x|{\"c\": \"2025-01-01\"}"], await host.Warehouse.LinesAsync("select a, b, _unknown::text from cht.formview_visit"));

        host.Medic.PutForm("visit", "<a/><c/>", "<bind nodeset=\"/visit/a\" type=\"decimal\"/><bind nodeset=\"/visit/c\" type=\"date\"/>", version: "2");
        host.Medic.PutReport("r2", "visit", """{"a":"2.5","c":"2025-02-01"}""");
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("build")).Expect(0);
        Assert.Equal(["r1|1|x|2025-01-01|∅", "r2|2.5|∅|2025-02-01|∅"], await host.Warehouse.LinesAsync("select uuid, a, b, c::text, _unknown from cht.formview_visit order by 1"));
        Assert.Equal(["a|True", "b|False", "c|True"], await host.Warehouse.LinesAsync("select column_name, is_current from cht.form_dictionary order by 1"));

        host.Medic.PutXml("visit", "<x/>"); // the new one is broken: what stands goes on
        host.Medic.PutReport("r3", "visit", """{"a":"3"}""");
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("build")).Expect(0);
        Assert.Equal(["3"], await host.Warehouse.LinesAsync("select a from cht.formview_visit where uuid = 'r3'"));
        (await project.RunAsync("check")).Expect(0);
        Assert.Contains("formview_visit", (await project.RunAsync("ls")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("C1")]
    public async Task Forms_for_text_messages_come_out_of_the_settings()
    {
        await using var host = await CouchHost.CreateAsync();
        using var project = await CouchProject.CreateWithFormsAsync(host);
        host.Medic.Put("settings", """
            "settings":{"forms":{"P":{"meta":{"code":"P","label":{"en":"Pregnancy"}},"fields":{
              "lmp":{"type":"date","position":1,"labels":{"short":{"en":"LMP"}},"required":true},"weeks":{"type":"integer","position":0,"labels":{"short":"Weeks"}},
              "outcome":{"type":"integer","list":[[1,{"en":"Live"}],[2,{"en":"Still"}]],"position":2}}},"EMPTY":{"meta":{"code":"EMPTY"}}}}
            """);
        host.Medic.PutReport("s1", "P", """{"lmp":1735689600000,"weeks":12,"outcome":"Live","unasked":1}""", ",\"from\":\"+254700\",\"sms_message\":{\"message\":\"P 12\"}");
        host.Medic.PutReport("s2", "P", """{"lmp":"2025-03-01","weeks":"twelve"}""");
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("build")).Expect(0);
        Assert.Equal(["s1|+254700|12|2025-01-01|Live|{\"unasked\": 1}|∅", "s2|∅|∅|2025-03-01|∅|∅|{\"weeks\": \"not a whole number\"}"],
            await host.Warehouse.LinesAsync("select uuid, from_phone, weeks, lmp::text, outcome, _unknown::text, _errors::text from cht.formview_p order by 1"));
        Assert.Equal(["P|Pregnancy|True|weeks|Weeks"], await host.Warehouse.LinesAsync("select form, form_title, by_sms, column_name, label from cht.form_dictionary where column_name = 'weeks'"));
    }
}
