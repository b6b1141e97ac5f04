using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tributary.Core.Fhir.Views;

namespace Tributary.Tests.Live.Fhir;

/// <summary>Random responses, walked once by SQL and once by a few lines of C#.</summary>
public sealed class LongTableOracleTests
{
    private const int Responses = 150;

    [Fact, Requirement("E7", "E9")]
    public async Task Every_item_and_answer_is_found_where_a_walk_finds_it()
    {
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        var chance = new Random(7);
        var expected = new List<string>();
        for (var i = 0; i < Responses; i++)
        {
            var items = Items(chance, depth: 0);
            var order = 0;
            var before = expected.Count;
            Walk(items, "", "", $"r{i:000}", expected, ref order);
            if (expected.Count == before) expected.Add($"r{i:000}|∅|∅|∅|∅|∅|∅|∅");
            await warehouse.AddAsync($"r{i:000}", items.ToJsonString());
        }

        await warehouse.BuildAsync("t,c,x,,,text,,form,");

        Assert.Equal(expected, await warehouse.LinesAsync("""
            select response_id, item_order, item_path, link_path, link_id, answer_index, value_type, value_text
            from models.int_qr_answers_long order by response_id collate "C", item_order, answer_index
            """));
    }

    /// <summary>The long table and SQL-on-FHIR's <c>repeat</c> are two ways to the same items in the same order.</summary>
    [Fact, Requirement("E7")]
    public async Task The_order_of_items_is_that_of_a_view_which_repeats_over_them()
    {
        const string View = """
            {"resource": "QuestionnaireResponse", "select": [
              {"column": [{"name": "response_id", "path": "id"}]},
              {"repeat": ["answer.item", "item"], "column": [{"name": "item_order", "path": "%rowIndex + 1"}, {"name": "link_id", "path": "linkId"}],
               "select": [{"forEachOrNull": "answer", "column": [{"name": "answer_index", "path": "iif($this.exists(), %rowIndex + 1)"}, {"name": "number", "path": "value.ofType(integer)"}]}]}]}
            """;
        await using var warehouse = await QuestionnaireWarehouse.CreateAsync();
        var chance = new Random(11);
        for (var i = 0; i < Responses; i++) await warehouse.AddAsync($"r{i:000}", Items(chance, depth: 0).ToJsonString());
        await warehouse.BuildAsync("t,c,x,,,text,,form,");
        var view = ViewCompiler.Compile(ViewDefinitions.Read(Encoding.UTF8.GetBytes(View), "view.json"), new ViewTable("airbyte.questionnaire_response", Deleted: null), ColumnForm.Table);

        var byView = await warehouse.LinesAsync($"select response_id, item_order, link_id, answer_index, number from ({view.Sql}) as v order by response_id collate \"C\", item_order, answer_index");
        Assert.NotEmpty(byView);
        Assert.Equal(byView, await warehouse.LinesAsync("""
            select response_id, item_order, link_id, answer_index, value_integer from models.int_qr_answers_long where item_order is not null order by response_id collate "C", item_order, answer_index
            """));
    }

    private static JsonArray Items(Random chance, int depth)
    {
        var items = new JsonArray();
        for (var n = chance.Next(depth == 0 ? 6 : 4); n > 0; n--)
        {
            var item = new JsonObject { ["linkId"] = $"l{chance.Next(5)}" };
            if (depth < 4 && chance.Next(3) == 0) item["item"] = Items(chance, depth + 1);
            if (chance.Next(3) > 0) item["answer"] = Answers(chance, depth);
            items.Add(item);
        }
        return items;
    }

    private static JsonArray Answers(Random chance, int depth)
    {
        var answers = new JsonArray();
        for (var n = chance.Next(4); n > 0; n--)
        {
            var answer = chance.Next(3) switch
            {
                0 => new JsonObject { ["valueInteger"] = chance.Next(100) },
                1 => new JsonObject { ["valueString"] = $"text {chance.Next(100)}" },
                _ => new JsonObject { ["valueCoding"] = new JsonObject { ["code"] = $"c{chance.Next(100)}" } },
            };
            if (depth < 4 && chance.Next(4) == 0) answer["item"] = Items(chance, depth + 1);
            answers.Add(answer);
        }
        return answers;
    }

    private static void Walk(JsonArray items, string above, string links, string response, List<string> rows, ref int order)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i]!.AsObject(); // Items adds objects only
            var path = $"{above}item[{i}]";
            var link = $"{links}{item["linkId"]}";
            var head = string.Create(CultureInfo.InvariantCulture, $"{response}|{++order}|{path}|{link}|{item["linkId"]}");
            var answers = item["answer"]?.AsArray() ?? [];
            if (answers.Count == 0) rows.Add($"{head}|∅|∅|∅");
            for (var a = 0; a < answers.Count; a++) rows.Add(string.Create(CultureInfo.InvariantCulture, $"{head}|{a + 1}|{TypeAndText(answers[a]!.AsObject())}")); // as above
            for (var a = 0; a < answers.Count; a++)
            {
                if (answers[a]!["item"] is JsonArray below) Walk(below, $"{path}.answer[{a}].", $"{link}/", response, rows, ref order);
            }
            if (item["item"] is JsonArray children) Walk(children, $"{path}.", $"{link}/", response, rows, ref order);
        }
    }

    private static string TypeAndText(JsonObject answer) =>
        answer["valueInteger"] is { } number ? $"integer|{number}" : answer["valueString"] is { } text ? $"string|{text}" : $"coding|{answer["valueCoding"]!["code"]}"; // one of the three
}
