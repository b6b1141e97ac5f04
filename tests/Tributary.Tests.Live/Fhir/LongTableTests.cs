namespace Tributary.Tests.Live.Fhir;

public sealed class LongTableTests
{
    private const string AnyRow = "t,c,x,,,text,,form,";

    [Fact, Requirement("E7", "E9")]
    public async Task Items_nested_in_items_and_in_answers_come_in_document_order()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        await warehouse.AddAsync("r1", """
            [{"linkId": "a", "item": [
                {"linkId": "a.1", "answer": [
                    {"valueBoolean": true, "item": [{"linkId": "a.1.x", "item": [{"linkId": "a.1.x.deep", "answer": [{"valueInteger": 7}]}]}]},
                    {"valueBoolean": false, "item": [{"linkId": "a.1.x"}]}]},
                {"linkId": "a.2"}]},
             {"linkId": "b", "answer": [{"valueString": "one"}, {"valueString": "two"}]},
             {"linkId": "a", "item": [{"linkId": "a.2", "answer": [{"valueString": "again"}]}]}]
            """);

        await warehouse.BuildAsync(AnyRow);

        Assert.Equal(
            [
                "1|a|item[0]|∅|∅",
                "2|a.1|item[0].item[0]|1|true",
                "2|a.1|item[0].item[0]|2|false",
                "3|a.1.x|item[0].item[0].answer[0].item[0]|∅|∅",
                "4|a.1.x.deep|item[0].item[0].answer[0].item[0].item[0]|1|7",
                "5|a.1.x|item[0].item[0].answer[1].item[0]|∅|∅",
                "6|a.2|item[0].item[1]|∅|∅",
                "7|b|item[1]|1|one",
                "7|b|item[1]|2|two",
                "8|a|item[2]|∅|∅",
                "9|a.2|item[2].item[0]|1|again",
            ],
            await warehouse.LinesAsync("select item_order, link_id, item_path, answer_index, value_text from models.int_qr_answers_long order by item_order, answer_index"));
    }

    [Fact, Requirement("E9")]
    public async Task More_than_nine_siblings_keep_their_order()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        await warehouse.AddAsync("r1", "[" + string.Join(",", Enumerable.Range(1, 12).Select(n => $$"""{"linkId": "i{{n}}", "item": [{"linkId": "i{{n}}.1"}]}""")) + "]");

        await warehouse.BuildAsync(AnyRow);

        var expected = Enumerable.Range(1, 12).SelectMany(n => new[] { $"i{n}", $"i{n}.1" });
        Assert.Equal(expected, await warehouse.LinesAsync("select link_id from models.int_qr_answers_long order by item_order"));
    }

    /// <summary>Answer, its type and text, a column, and what it holds.</summary>
    private static readonly (string Answer, string TypeAndText, string Column, string Value)[] Answers =
    [
        ("""{"valueBoolean": true}""", "boolean|true", "value_boolean", "true"),
        ("""{"valueDecimal": 1.50}""", "decimal|1.50", "value_decimal", "1.50"),
        ("""{"valueInteger": -3}""", "integer|-3", "value_integer", "-3"),
        ("""{"valueDate": "2024-02-29"}""", "date|2024-02-29", "value_date", "2024-02-29"),
        ("""{"valueDate": "2024-05"}""", "date|2024-05", "value_date", "∅"),
        ("""{"valueDate": "2024"}""", "date|2024", "value_date", "∅"),
        ("""{"valueDateTime": "2024-05-01T23:30:00.25-05:00"}""", "dateTime|2024-05-01T23:30:00.25-05:00", "value_datetime", "2024-05-02 04:30:00.25+00"),
        ("""{"valueDateTime": "2024-05-01T23:30:00.25-05:00"}""", "dateTime|2024-05-01T23:30:00.25-05:00", "value_date", "2024-05-01"),
        ("""{"valueDateTime": "2024-05"}""", "dateTime|2024-05", "value_datetime", "∅"),
        ("""{"valueDateTime": "2024-05-01"}""", "dateTime|2024-05-01", "value_datetime", "2024-05-01 00:00:00+00"),
        ("""{"valueDateTime": "2024-05-01T10:00"}""", "dateTime|2024-05-01T10:00", "value_datetime", "2024-05-01 10:00:00+00"),
        ("""{"valueTime": "23:59:01"}""", "time|23:59:01", "value_time", "23:59:01"),
        ("""{"valueString": "a \"b\""}""", "string|a \"b\"", "value_code", "∅"),
        ("""{"valueUri": "urn:x"}""", "uri|urn:x", "value_reference", "∅"),
        ("""{"valueAttachment": {"title": "scan", "url": "Binary/1"}}""", "attachment|Binary/1", "value_display", "scan"),
        ("""{"valueAttachment": {"title": "scan"}}""", "attachment|scan", "value_display", "scan"),
        ("""{"valueCoding": {"system": "s", "code": "c", "display": "d"}}""", "coding|d", "value_system", "s"),
        ("""{"valueCoding": {"system": "s", "code": "c", "display": "d"}}""", "coding|d", "value_code", "c"),
        ("""{"valueCoding": {"code": "c"}}""", "coding|c", "value_display", "∅"),
        ("""{"valueCoding": {"code": "c", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 2}]}}""", "coding|c", "value_decimal", "2"),
        ("""{"valueQuantity": {"value": 72.5, "unit": "kg"}}""", "quantity|72.5", "value_decimal", "72.5"),
        ("""{"valueQuantity": {"value": 72.5, "unit": "kg"}}""", "quantity|72.5", "value_unit", "kg"),
        ("""{"valueReference": {"reference": "https://x/r4/Patient/p9/_history/2"}}""", "reference|p9", "value_reference", "https://x/r4/Patient/p9/_history/2"),
    ];

    private static readonly string[] Unreadable =
    [
        """{"valueDate": "2023-02-29"}""", """{"valueDate": "2024-13"}""", """{"valueDate": "0000-01-01"}""", """{"valueDate": "infinity"}""",
        """{"valueDate": "today"}""", """{"valueDate": {"odd": 1}}""", """{"valueDateTime": "2024-05-01T25:00:00Z"}""",
        """{"valueDateTime": "2024-05-01T10:00:00+99:00"}""", """{"valueTime": "24:00:00"}""", """{"valueInteger": 99999999999999999999}""",
        """{"valueInteger": "seven"}""", """{"valueDecimal": "NaN"}""", """{"valueDecimal": 1e300}""", """{"valueBoolean": "perhaps"}""",
    ];

    /// <summary>Items of a response, and the linkIds and integers that come of them.</summary>
    private static readonly (string Items, string Expected)[] OddShapes =
    [
        ("""{"linkId": "x", "answer": {"valueInteger": 1}}""", "x|1"),
        ("""["x", 1, null, {"linkId": 5, "answer": [{"valueInteger": 1}]}]""", "5|1"),
        ("""[{"answer": [{"valueInteger": 1}, "text", null, {}]}]""", "∅|1;∅|∅;∅|∅;∅|∅"),
        ("""[{"linkId": "x", "answer": []}]""", "x|∅"),
        ("""[{"linkId": "x", "answer": [{"extension": []}]}]""", "x|∅"),
        ("""[{"linkId": "x", "answer": [{"valueQuantity": 12}]}]""", "x|∅"),
        ("""[{"linkId": "x", "answer": [{"valueCoding": "text"}]}]""", "x|∅"),
        ("""[{"linkId": "x", "answer": [{"valueReference": []}]}]""", "x|∅"),
        ("""[{"linkId": "x", "answer": [{"valueString": null}]}]""", "x|∅"),
        ("[]", "∅|∅"),
        ("\"odd\"", "∅|∅"),
    ];

    [Fact, Requirement("E9")]
    public async Task Every_type_of_answer_is_read()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        for (var i = 0; i < Answers.Length; i++) await warehouse.AddAsync($"{i}", Item(Answers[i].Answer));

        await warehouse.BuildAsync(AnyRow);

        var texts = await warehouse.LinesAsync("select value_type, value_text from models.int_qr_answers_long order by response_id::int");
        Assert.Equal(Answers.Select(answer => answer.TypeAndText), texts);
        for (var i = 0; i < texts.Length; i++)
        {
            var value = await warehouse.LinesAsync($"select {Answers[i].Column}::text from models.int_qr_answers_long where response_id = '{i}'");
            Assert.Equal($"{i} {Answers[i].Value}", $"{i} {value[0]}");
        }
    }

    [Fact, Requirement("E9")]
    public async Task What_cannot_be_read_is_null_and_keeps_its_text()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        for (var i = 0; i < Unreadable.Length; i++) await warehouse.AddAsync($"{i}", Item(Unreadable[i]));

        await warehouse.BuildAsync(AnyRow);

        Assert.Equal(Enumerable.Repeat("0|True", Unreadable.Length), await warehouse.LinesAsync("""
            select num_nonnulls(value_boolean, value_decimal, value_integer, value_date, value_datetime, value_time), value_text is not null
            from models.int_qr_answers_long order by response_id::int
            """));
    }

    [Fact, Requirement("E9")]
    public async Task Odd_shapes_lose_no_response()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        for (var i = 0; i < OddShapes.Length; i++) await warehouse.AddAsync($"{i}", OddShapes[i].Items);

        await warehouse.BuildAsync(AnyRow);

        Assert.Equal(OddShapes.Select(shape => shape.Expected), await warehouse.LinesAsync("""
            select string_agg(coalesce(link_id, '∅') || '|' || coalesce(value_integer::text, '∅'), ';' order by answer_index)
            from models.int_qr_answers_long group by response_id order by response_id::int
            """));
    }

    private static string Item(string answer) => $$"""[{"linkId": "x", "answer": [{{answer}}]}]""";

    [Fact]
    public async Task The_head_of_a_response_stands_in_every_row()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        await warehouse.AddAsync("r1", "[]");
        await warehouse.AddAsync("r2", "[]", """
            {"questionnaire": "https://example.org/Questionnaire/form|2.0", "subject": {"reference": "https://x/r4/Patient/p2"},
             "encounter": {"reference": "Encounter/e2/_history/3"}, "author": {"reference": "Patient/p2"}, "authored": "2025-03-01", "extension": []}
            """);
        await warehouse.AddAsync("r3", "[]", """{"questionnaire": null, "subject": null, "encounter": "odd", "author": {"reference": "#p"}, "authored": "soon", "extension": {"url": 1}}""");

        await warehouse.BuildAsync(AnyRow);

        Assert.Equal(
            [
                "r1|form|p1|e1|o1|d1|2025-03-01 15:00:00+00|completed",
                "r2|form|p2|e2|∅|∅|2025-03-01 00:00:00+00|completed",
                "r3|∅|∅|∅|∅|∅|∅|completed",
            ],
            await warehouse.LinesAsync(
                "select response_id, questionnaire, patient_id, encounter_id, organization_id, practitioner_id, authored::text, status from models.int_qr_answers_long order by 1"));
    }

    [Fact, Requirement("E3", "E6")]
    public async Task Only_responses_that_count_are_read()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        foreach (var status in new[] { "completed", "amended", "in-progress", "entered-in-error", "stopped" })
            await warehouse.AddAsync(status, "[]", $$"""{"status": "{{status}}"}""");
        await warehouse.AddAsync("gone", "[]");
        await warehouse.Database.ExecuteAsync("update airbyte.questionnaire_response set _deleted = true where id = 'gone'");
        await warehouse.Database.ExecuteAsync("insert into airbyte.questionnaire_response (id, resource) values ('odd', '[1]')");

        await warehouse.BuildAsync(AnyRow);

        Assert.Equal(["amended", "completed"], await warehouse.LinesAsync("select response_id from models.int_qr_answers_long order by 1"));
    }
}
