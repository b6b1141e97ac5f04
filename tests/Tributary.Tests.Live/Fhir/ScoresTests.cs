namespace Tributary.Tests.Live.Fhir;

public sealed class ScoresTests
{
    private static readonly string[] Phq = ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"];
    private static readonly string[] Codes = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"];

    private static string Metadata => string.Concat(Phq.Select((code, i) => $"qr_phq9_session_2,phq9_q{i + 1},/{code},,,text,,form,safe\n"))
        + string.Concat(Enumerable.Range(1, 7).Select(i => $"qr_gad7,g{i},gad-{i},gad7_{i},,integer,,gad,safe\n"));

    [Fact, Requirement("E10")]
    public async Task A_missing_item_makes_the_score_incomplete_and_never_zero()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        await warehouse.AddAsync("r1-all-zero", Answers(0, 0, 0, 0, 0, 0, 0, 0, 0));
        await warehouse.AddAsync("r2-severe", Answers(3, 3, 3, 3, 3, 3, 3, 3, 3));
        await warehouse.AddAsync("r3-missing", Answers(3, 3, 3, 3, 3, 3, 3, null, 1));
        await warehouse.AddAsync("r4-unknown-code", Answers(0, 0, 0, 0, 0, 0, 0, 9, 0));
        await warehouse.AddAsync("r5-nothing", "[]");
        await warehouse.AddAsync("r6-ten", Answers(1, 1, 1, 1, 1, 1, 1, 1, 2));

        await warehouse.BuildAsync(Metadata);

        Assert.Equal(
            [
                "r1-all-zero|p1|o1|PHQ-9|2|9|9|0|True|minimal|False",
                "r2-severe|p1|o1|PHQ-9|2|9|9|27|True|severe|True",
                "r3-missing|p1|o1|PHQ-9|2|8|9|∅|False|∅|True",
                "r4-unknown-code|p1|o1|PHQ-9|2|8|9|∅|False|∅|False",
                "r5-nothing|p1|o1|PHQ-9|2|0|9|∅|False|∅|∅",
                "r6-ten|p1|o1|PHQ-9|2|9|9|10|True|moderate|True",
            ],
            await warehouse.LinesAsync("""
                select response_id, patient_id, organization_id, instrument, session, items_answered, items_expected, score, is_complete, band, item9_positive
                from models.questionnaire_scores order by 1
                """));
    }

    [Fact, Requirement("E10")]
    public async Task Numbers_and_ordinals_score_too_and_doubtful_answers_do_not()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        const string Gad = """{"questionnaire": "Questionnaire/gad"}""";
        const string Ordinal = """{"valueCoding": {"system": "urn:own", "code": "x", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 2}]}}""";
        await warehouse.AddAsync("r1", Gad7(Ordinal, Ordinal, Ordinal, """{"valueInteger": 1}""", """{"valueDecimal": 3.0}""", """{"valueInteger": 0}""", """{"valueCoding": {"code": "LA6570-1"}}"""), Gad);
        await warehouse.AddAsync("r2", Gad7(Enumerable.Repeat("""{"valueInteger": 1}""", 6).Append("""{"valueInteger": 4}""")), Gad);
        await warehouse.AddAsync("r3", Gad7(Enumerable.Repeat("""{"valueInteger": 1}""", 6).Append("""{"valueDecimal": 1.5}""")), Gad);
        await warehouse.AddAsync("r4", Gad7(Enumerable.Repeat("""{"valueInteger": 1}""", 6).Append("""{"valueInteger": 1}, {"valueInteger": 2}""")), Gad);
        await warehouse.AddAsync("r5", Gad7(Enumerable.Repeat("""{"valueInteger": 1}""", 6).Append("""{"valueInteger": 1}, {"valueInteger": 1}""")), Gad);
        await warehouse.AddAsync("r6", Gad7(Enumerable.Repeat("""{"valueInteger": 1}""", 6).Append("""{"valueCoding": {"system": "urn:other", "code": "LA6570-1"}}""")), Gad);

        await warehouse.BuildAsync(Metadata);

        Assert.Equal(
            ["r1|GAD-7|∅|7|12|moderate|∅", "r2|GAD-7|∅|6|∅|∅|∅", "r3|GAD-7|∅|6|∅|∅|∅", "r4|GAD-7|∅|6|∅|∅|∅", "r5|GAD-7|∅|7|7|mild|∅", "r6|GAD-7|∅|6|∅|∅|∅"],
            await warehouse.LinesAsync("select response_id, instrument, session, items_answered, score, band, item9_positive from models.questionnaire_scores order by 1"));
    }

    [Fact, Requirement("E10")]
    public async Task The_items_may_be_named_in_the_configuration()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        await warehouse.AddAsync("r1", "[" + string.Join(",", Enumerable.Range(1, 7).Select(i => $$"""{"linkId": "own{{i}}", "answer": [{"valueInteger": 2}]}""")) + "]");

        await warehouse.BuildAsync(
            string.Concat(Enumerable.Range(1, 7).Select(i => $"own,c{i},own{i},,,integer,,form,\n")),
            config => config with { Scores = new Dictionary<string, IReadOnlyList<string>> { ["gad7"] = [.. Enumerable.Range(1, 7).Select(i => $"own{i}")] } });

        Assert.Equal(["14|moderate"], await warehouse.LinesAsync("select score, band from models.questionnaire_scores"));
    }

    private static string Answers(params int?[] scores) => "[" + string.Join(",", scores.Select((score, i) => score switch
    {
        null => $$"""{"linkId": "/{{Phq[i]}}"}""",
        > 3 => Answer(Phq[i], "LA9999-9"),
        { } known => Answer(Phq[i], Codes[known]),
    })) + "]";

    private static string Answer(string item, string code) =>
        $$$"""{"linkId": "/{{{item}}}", "answer": [{"valueCoding": {"system": "http://loinc.org", "code": "{{{code}}}"}}]}""";

    private static string Gad7(params IEnumerable<string> answers) =>
        "[" + string.Join(",", answers.Select((answer, i) => $$"""{"linkId": "gad-{{i + 1}}", "answer": [{{answer}}]}""")) + "]";
}
