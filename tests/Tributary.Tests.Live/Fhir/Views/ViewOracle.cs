using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Fhir.Views;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>The processing algorithm of the specification, word for word, over one resource.</summary>
internal sealed class ViewOracle(ViewDefinition view)
{
    private readonly Dictionary<string, OracleItem> constants = view.Constants.ToDictionary(constant => constant.Name, Constant);
    private JsonNode resource = new JsonObject();

    private static OracleItem Constant(ViewConstant constant) =>
        constant.Type == "integer" ? OracleItem.Of(decimal.Parse(constant.Value, CultureInfo.InvariantCulture)) : OracleItem.Of(constant.Value);

    /// <summary>The rows of one resource; throws <see cref="OracleException"/> where the specification wants an error.</summary>
    public List<Dictionary<string, string?>> Rows(JsonNode document)
    {
        resource = document;
        var root = new OracleItem(document);
        foreach (var path in view.Where)
        {
            var found = new PathOracle(resource, 0, constants).Evaluate(path.Text, root);
            if (found.Count > 1 || found.Any(item => item.Boolean is null)) throw new OracleException("where is no boolean");
            if (found.Count == 0 || found[0].Boolean is not true) return [];
        }
        return Product([.. view.Selects.Select(select => Process(select, root, 0))]);
    }

    private List<Dictionary<string, string?>> Process(ViewSelect select, OracleItem node, int index)
    {
        var foci = Foci(select.Iteration, node, index);
        var rows = new List<Dictionary<string, string?>>();
        for (var i = 0; i < foci.Count; i++) rows.AddRange(Row(select, foci[i], select.Iteration is null ? index : i));
        if (foci.Count == 0 && select.Iteration is { KeepsEmpty: true })
            rows.Add(select.AllColumns.ToDictionary(column => column.Name, column => column.Path.Text == "%rowIndex" ? "0" : null));
        return rows;
    }

    private List<OracleItem> Foci(ViewIteration? iteration, OracleItem node, int index)
    {
        if (iteration is null) return [node];
        if (!iteration.IsRepeat) return new PathOracle(resource, index, constants).Evaluate(iteration.Paths[0].Text, node);
        var found = new List<OracleItem>();
        Traverse(iteration, node, index, found);
        return found;
    }

    private void Traverse(ViewIteration iteration, OracleItem node, int index, List<OracleItem> found)
    {
        foreach (var child in iteration.Paths.SelectMany(path => new PathOracle(resource, index, constants).Evaluate(path.Text, node)))
        {
            found.Add(child);
            Traverse(iteration, child, index, found);
        }
    }

    private List<Dictionary<string, string?>> Row(ViewSelect select, OracleItem focus, int index)
    {
        var parts = select.Columns.Select(column => new List<Dictionary<string, string?>> { new() { [column.Name] = Value(column, focus, index) } }).ToList();
        parts.AddRange(select.Selects.Select(inner => Process(inner, focus, index)));
        if (select.Union.Count > 0) parts.Add([.. select.Union.SelectMany(branch => Process(branch, focus, index))]);
        return Product(parts);
    }

    private string? Value(ViewColumn column, OracleItem focus, int index)
    {
        var values = new PathOracle(resource, index, constants).Evaluate(column.Path.Text, focus);
        if (column.IsCollection) return $"[{string.Join(',', values.Select(item => OracleValues.Canonical(item.Node)))}]";
        if (values.Count > 1) throw new OracleException($"several values in {column.Name}");
        return values.Count == 0 ? null : OracleValues.Canonical(values[0].Node);
    }

    private static List<Dictionary<string, string?>> Product(List<List<Dictionary<string, string?>>> parts)
    {
        var rows = new List<Dictionary<string, string?>> { new() };
        foreach (var part in parts) rows = [.. rows.SelectMany(_ => part, (row, more) => row.Concat(more).ToDictionary(pair => pair.Key, pair => pair.Value))];
        return rows;
    }
}
