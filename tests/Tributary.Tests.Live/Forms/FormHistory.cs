using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Tests.Live.Connectors.Couch;

namespace Tributary.Tests.Live.Forms;

/// <summary>
/// Random lives of reports in a database, and what their form's tables must hold: computed from the documents by code that shares nothing with the product's.
/// </summary>
internal sealed class FormHistory(CouchDatabase database, Random random)
{
    public const string Table = "select uuid, number, day::text, array_to_string(any_of, ','), word, amount, late, _unknown::text, _errors::text from {0}.formview_alpha order by uuid collate \"C\"";
    public const string List = "select uuid, position, x, y, _unknown::text, _errors::text from {0}.formview_alpha_list order by uuid collate \"C\", position";

    private static readonly string[] Numbers = ["\"12\"", "\"-3\"", "7", "\"1.5\"", "\"\"", "\"NaN\"", "null", "\"twelve\"", "\"99999999999999999999\""];
    private static readonly string[] Days = ["\"2024-02-29\"", "\"2023-02-29\"", "\"\"", "\"yesterday\"", "\"2025-12-31\"", "null"];
    private static readonly string[] Amounts = ["\"1.50\"", "\"-0.001\"", "\"1,5\"", "2.25", "\"NaN\"", "\"\""];
    private static readonly string[] Words = ["\"hello\"", "\"O'Neil \\\"x\\\" {{ y }}\"", "\"\"", "\"\\u4e2d\\u6587\"", "null"];
    private static readonly string[] AnyOf = ["\"a\"", "\"a b  c\"", "\"\"", "\" a \""];

    private bool hasLate;

    /// <summary>The form itself: its second version knows one field more.</summary>
    public void PutForm() => database.PutForm("alpha",
        $"<g><number/><day/></g><any_of/><word/><amount/><list><x/><y/></list>{(hasLate ? "<late/>" : "")}",
        "<bind nodeset=\"/alpha/g/number\" type=\"int\"/><bind nodeset=\"/alpha/g/day\" type=\"date\"/><bind nodeset=\"/alpha/any_of\" type=\"select\"/><bind nodeset=\"/alpha/amount\" type=\"decimal\"/><bind nodeset=\"/alpha/list/x\" type=\"int\"/>",
        "<repeat nodeset=\"/alpha/list\"/>", hasLate ? "2" : "1");

    public void PutLateForm()
    {
        hasLate = true;
        PutForm();
    }

    public void Step()
    {
        var id = $"d{random.Next(20):d2}";
        switch (random.Next(14))
        {
            case 0 or 1:
                database.Delete(id);
                break;
            case 2 when database.Find(id) is not null:
                database.Purge(id);
                break;
            case 3:
                database.Replicate(id, $"{random.Next(1, 4)}-{random.Next():x8}", Report("alpha"));
                break;
            case 4:
                database.Put(id, Report("beta"));
                break;
            case 5:
                database.Put(id, "\"type\":\"person\",\"name\":\"x\"");
                break;
            default:
                database.Put(id, Report("alpha"));
                break;
        }
    }

    /// <summary>What a select over the form's table returns, line by line.</summary>
    public string[] Expected() => [.. Reports().Select(report => string.Join('|', (string[])
    [
        report.Id,
        Number(Group(report.Fields)?["number"]), Day(Group(report.Fields)?["day"]),
        Text(report.Fields["any_of"]) is { } words ? string.Join(',', words.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : "∅",
        Text(report.Fields["word"]) ?? "∅", Amount(report.Fields["amount"]), hasLate ? Text(report.Fields["late"]) ?? "∅" : "∅",
        Unknown(report.Fields, hasLate), Errors(report.Fields),
    ]))];

    public string[] ExpectedList() =>
    [
        .. from report in Reports()
           from entry in Entries(report.Fields["list"]).Select((entry, i) => (entry, i))
           let more = new JsonObject(entry.entry.Where(pair => pair.Key is not ("x" or "y")).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())))
           select string.Join('|', report.Id, entry.i + 1, Number(entry.entry["x"]), Text(entry.entry["y"]) ?? "∅", more.Count == 0 ? "∅" : Canonical(more), IsBadNumber(entry.entry["x"]) ? "{\"x\":\"not a whole number\"}" : "∅"),
    ];

    /// <summary>Lines of the warehouse, with JSON spelled as here; before the second version there is no column for its field.</summary>
    public static string[] Canonical(IEnumerable<string> lines) => [.. lines.Select(line => string.Join('|', line.Split('|').Select(cell => cell.StartsWith('{') && cell.EndsWith('}') ? Canonical(JsonNode.Parse(cell)!) : cell)))]; // it is an object

    private IEnumerable<(string Id, JsonObject Fields)> Reports() =>
        from winner in database.All()
        where !winner.IsDeleted
        let document = JsonNode.Parse(winner.Body)!.AsObject() // every body is one
        where (string?)document["type"] == "data_record" && (string?)document["form"] == "alpha"
        orderby winner.Id, StringComparer.Ordinal
        select (winner.Id, (JsonObject)document["fields"]!); // as it was written below

    private string Report(string form)
    {
        var fields = new List<string>();
        if (random.Next(5) > 0) fields.Add($"\"g\":{{\"number\":{Pick(Numbers)}{(random.Next(3) == 0 ? "" : $",\"day\":{Pick(Days)}")}{(random.Next(5) == 0 ? ",\"odd\":{\"deep\":[1]}" : "")}}}");
        if (random.Next(3) > 0) fields.Add($"\"any_of\":{Pick(AnyOf)}");
        if (random.Next(3) > 0) fields.Add($"\"word\":{Pick(Words)}");
        if (random.Next(3) > 0) fields.Add($"\"amount\":{Pick(Amounts)}");
        if (random.Next(3) == 0) fields.Add("\"late\":\"now\"");
        if (random.Next(4) == 0) fields.Add("\"never\":{\"asked\":true}");
        if (random.Next(2) == 0) fields.Add($"\"list\":[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"{{\"x\":{Pick(Numbers)},\"y\":{Pick(Words)}{(random.Next(4) == 0 ? ",\"z\":\"?\"" : "")}}}"))}]");
        return $"\"type\":\"data_record\",\"form\":\"{form}\",\"reported_date\":1735689600000,\"fields\":{{{string.Join(',', fields)}}}";
    }

    private string Pick(string[] values) => values[random.Next(values.Length)];

    private static JsonObject? Group(JsonObject fields) => fields["g"] as JsonObject;

    private static IEnumerable<JsonObject> Entries(JsonNode? list) => list is JsonArray array ? array.OfType<JsonObject>() : [];

    private static string? Text(JsonNode? value) => value is null ? null
        : (value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()) is { Length: > 0 } text ? text : null;

    private static bool IsGiven(JsonNode? value) => Text(value) is not (null or "NaN");

    private static string Number(JsonNode? value) => IsGiven(value) && long.TryParse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : "∅";

    private static string Amount(JsonNode? value) => IsGiven(value) && decimal.TryParse(Text(value), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : "∅";

    private static string Day(JsonNode? value) => DateOnly.TryParseExact(Text(value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "∅";

    private static bool IsBadNumber(JsonNode? value) => IsGiven(value) && Number(value) == "∅";

    private static string Errors(JsonObject fields)
    {
        var errors = new JsonObject();
        if (IsBadNumber(Group(fields)?["number"])) errors["number"] = "not a whole number";
        if (IsGiven(Group(fields)?["day"]) && Day(Group(fields)?["day"]) == "∅") errors["day"] = "not a date";
        if (IsGiven(fields["amount"]) && Amount(fields["amount"]) == "∅") errors["amount"] = "not a number";
        return errors.Count == 0 ? "∅" : Canonical(errors);
    }

    private static string Unknown(JsonObject fields, bool hasLate)
    {
        var rest = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (name is "never" || (name is "late" && !hasLate)) rest[name] = value?.DeepClone();
        }
        if (Group(fields)?["odd"] is { } odd) rest["g"] = new JsonObject { ["odd"] = odd.DeepClone() };
        return rest.Count == 0 ? "∅" : Canonical(rest);
    }

    private static string Canonical(JsonNode node) => node switch
    {
        JsonObject all => $"{{{string.Join(',', all.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{JsonSerializer.Serialize(pair.Key)}:{(pair.Value is null ? "null" : Canonical(pair.Value))}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(item => item is null ? "null" : Canonical(item)))}]",
        _ => node.ToJsonString(),
    };
}
