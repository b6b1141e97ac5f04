using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Fhir;

public sealed class WideTableTests
{
    [Fact, Requirement("E8", "E9")]
    public async Task One_row_a_response_with_typed_columns()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        await warehouse.AddAsync("r1", """
            [{"linkId": "flag", "answer": [{"valueBoolean": false, "item": [{"linkId": "born", "answer": [{"valueDate": "2001-02-03"}]}]}]},
             {"linkId": "many", "answer": [{"valueCoding": {"code": "b", "display": "Bee"}}, {"valueCoding": {"code": "a"}}]},
             {"linkId": "n", "answer": [{"valueInteger": 7}]}, {"linkId": "n", "answer": [{"valueInteger": 8}]},
             {"linkId": "weight", "answer": [{"valueQuantity": {"value": 70.5, "unit": "kg"}}]},
             {"linkId": "at", "answer": [{"valueDateTime": "2025-01-02T03:04:05Z"}]},
             {"linkId": "clock", "answer": [{"valueTime": "08:30"}]}]
            """);
        await warehouse.AddAsync("r2", """
            [{"linkId": "flag", "answer": [{"valueCoding": {"code": "N", "display": "No"}}]},
             {"linkId": "born", "answer": [{"valueString": "spring"}]},
             {"linkId": "n", "answer": [{"valueCoding": {"code": "3"}}]},
             {"linkId": "weight", "answer": [{"valueString": "81"}]}]
            """);
        await warehouse.AddAsync("r3", "[]");
        await warehouse.AddAsync("other", """[{"linkId": "flag", "answer": [{"valueBoolean": true}]}]""", """{"questionnaire": "https://example.org/Questionnaire/form2"}""");

        await warehouse.BuildAsync("""
            wide,flag,flag,,,boolean,,form,safe
            wide,born,born,,,date,,form,birth_date
            wide,many,many,,,text,,form,
            wide,list,many,,,text[],,form,
            wide,n,n,,,integer,,form,
            wide,weight,weight,,,numeric,,form,
            wide,at,at,,,timestamptz,,form,
            wide,clock,clock,,,time,,form,
            wide,big,n,,,bigint,,form,
            """);

        Assert.Equal(
            [
                "r1|p1|e1|o1|d1|2025-03-01 15:00:00+00|false|2001-02-03|Bee; a|{Bee,a}|7|70.5|2025-01-02 03:04:05+00|08:30:00|7",
                "r2|p1|e1|o1|d1|2025-03-01 15:00:00+00|false|∅|∅|∅|∅|81|∅|∅|∅",
                "r3|p1|e1|o1|d1|2025-03-01 15:00:00+00|∅|∅|∅|∅|∅|∅|∅|∅|∅",
            ],
            await warehouse.LinesAsync("""
                select response_id, patient_id, encounter_id, organization_id, practitioner_id, authored::text, flag::text, born::text,
                       many, list::text, n, weight, at::text, clock::text, big
                from models.wide order by response_id
                """));
        Assert.Equal(
            ["big|bigint", "born|date", "flag|boolean", "list|ARRAY", "n|integer", "weight|numeric"],
            await warehouse.LinesAsync("""
                select column_name, data_type from information_schema.columns
                where table_name = 'wide' and column_name in ('flag', 'born', 'list', 'n', 'weight', 'big') order by 1
                """));
    }

    [Fact, Requirement("E9")]
    public async Task Texts_from_the_file_are_never_template_or_sql()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        await warehouse.AddAsync("r1", """[{"linkId": "it's {{ x }} {% y %} <<z>>", "answer": [{"valueString": "found"}]}]""");

        await warehouse.BuildAsync("wide,\"a \"\"quoted\"\" name\",it's {{ x }} {% y %} <<z>>,,,text,,form,\n");

        Assert.Equal(["found"], await warehouse.LinesAsync("select \"a \"\"quoted\"\" name\" from models.wide"));
    }

    [Fact, Requirement("E9")]
    public async Task Answers_that_no_column_shows_are_reported()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        await warehouse.AddAsync("r1", """
            [{"linkId": "n", "answer": [{"valueInteger": 1}, {"valueInteger": 2}, {"valueString": "odd"}]},
             {"linkId": "new", "answer": [{"valueString": "a"}, {"valueString": "b"}]},
             {"linkId": "group", "item": [{"linkId": "unanswered"}]}]
            """);
        await warehouse.AddAsync("r2", """[{"linkId": "new", "answer": [{"valueString": "c"}]}]""", """{"authored": "2025-04-01"}""");
        await warehouse.AddAsync("r3", """[{"linkId": "n", "answer": [{"valueInteger": 3}]}]""", """{"questionnaire": "Questionnaire/unknown"}""");

        await warehouse.BuildAsync("wide,n,n,,,integer,,form,\n");

        Assert.Equal(
            ["form|new|3|2025-03-01 15:00:00+00|2025-04-01 00:00:00+00", "unknown|n|1|2025-03-01 15:00:00+00|2025-03-01 15:00:00+00"],
            await warehouse.LinesAsync("select questionnaire, link_id, answers, first_seen::text, last_seen::text from models.questionnaire_unmapped_linkids order by 1, 2"));
        Assert.Equal(["wide|n|integer|form|n|3|1|2"], await warehouse.LinesAsync("select * from models.questionnaire_unread_answers"));
    }

    [Fact]
    public async Task Unchanged_answers_are_never_read_again()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        var types = new[] { "text", "text[]", "boolean", "integer", "bigint", "numeric", "date", "timestamptz", "time" };

        await warehouse.BuildAsync(string.Concat(types.Select((type, i) => $"wide,c{i},l{i},gad7_{i + 1},,{type},,form,\n")));

        Assert.Empty(await new GeneratedModelBuilder(warehouse.Database).WhyNeverFreshAsync(warehouse.Models));
    }
}
