using System.Text.Json.Nodes;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>Random views over the schema of <see cref="RandomResource"/>.</summary>
internal sealed class RandomView(Random chance)
{
    private readonly RandomPath paths = new(chance);
    private int columns;

    public JsonObject Of(string type)
    {
        columns = 0;
        var view = new JsonObject { ["resource"] = type, ["select"] = new JsonArray([.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => Select(type, 2))]) };
        view["constant"] = new JsonArray(
            new JsonObject { ["name"] = "text", ["valueString"] = "official" }, new JsonObject { ["name"] = "number", ["valueInteger"] = 1 }, new JsonObject { ["name"] = "day", ["valueDate"] = "2020-05-01" });
        if (chance.Next(3) == 0) view["where"] = new JsonArray([.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => new JsonObject { ["path"] = paths.Criterion(type, 2) })]);
        return view;
    }

    private JsonObject Select(string type, int depth)
    {
        var select = new JsonObject();
        var below = Iterate(select, type);
        select["column"] = new JsonArray([.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => Column(below, $"c{columns++}"))]);
        if (depth > 0 && chance.Next(3) == 0) select["select"] = new JsonArray([.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => Select(below, depth - 1))]);
        if (depth > 0 && chance.Next(4) == 0) select["unionAll"] = Union(below);
        return select;
    }

    /// <summary>Two branches with a column of the same name each.</summary>
    private JsonArray Union(string type)
    {
        var name = $"c{columns++}";
        var branches = Enumerable.Range(0, 2).Select(_ =>
        {
            var branch = new JsonObject();
            var below = Iterate(branch, type);
            // A branch may hold its column itself, in a select below, or in a union of its own.
            var column = new JsonArray(Column(below, name, isCollection: false));
            switch (chance.Next(4))
            {
                case 0: branch["select"] = new JsonArray(new JsonObject { ["column"] = column }); break;
                case 1: branch["unionAll"] = new JsonArray(new JsonObject { ["column"] = column }, new JsonObject { ["column"] = new JsonArray(Column(below, name, isCollection: false)) }); break;
                default: branch["column"] = column; break;
            }
            return branch;
        });
        return new JsonArray([.. branches]);
    }

    private string Iterate(JsonObject select, string type)
    {
        if (chance.Next(3) == 0) return type;
        if (type is "QuestionnaireResponse" or "Item" && chance.Next(2) == 0)
        {
            select["repeat"] = chance.Next(3) switch { 0 => new JsonArray("item"), 1 => new JsonArray("item", "answer.item"), _ => new JsonArray("answer.item", "item") };
            return "Item";
        }
        if (paths.Elements(type) is not { } elements) return type;
        select[chance.Next(2) == 0 ? "forEach" : "forEachOrNull"] = elements.Path;
        return elements.Type;
    }

    private JsonObject Column(string type, string name, bool? isCollection = null)
    {
        var path = chance.Next(6) == 0 ? "%rowIndex" : paths.Values(type);
        var column = new JsonObject { ["name"] = name, ["path"] = path };
        if (path != "%rowIndex" && (isCollection ?? chance.Next(3) == 0)) column["collection"] = true;
        return column;
    }
}
