using System.Globalization;
using System.Text;

namespace Tributary.Bench.Dbt;

/// <summary>
/// A dbt project of any size, the same each time: five of six models are views in four layers over ten source tables, the others
/// tables on top of them; one generic test a model; every fourth model uses macros and loops.
/// </summary>
internal sealed class SyntheticProject
{
    private const int ModelsInFile = 25;

    private static readonly (string Name, double Share)[] Plan = [("staging", 0.25), ("cleaned", 0.25), ("joined", 1 / 6.0), ("derived", 1 / 6.0), ("marts", 1 / 6.0)];
    private static readonly string[] Columns = ["id", "grp", "kind", "amount"];

    private readonly Random random = new(42);
    private readonly List<IReadOnlyList<string>> layers = [];

    private readonly bool onSeeds;

    private SyntheticProject(string folder, bool onSeeds) => (Folder, this.onSeeds) = (folder, onSeeds);

    public string Folder { get; }

    /// <summary>Names of models; a layer reads only those before it.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Layers => layers;

    /// <summary>Models of the last layer are tables.</summary>
    public IReadOnlySet<string> Tables => layers[^1].ToHashSet();

    /// <summary>Makes the tables that the sources name.</summary>
    public static string SourceTables { get; } = "create schema raw_shop;\n" + string.Concat(Enumerable.Range(0, 10).Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $"create table raw_shop.t{i} as select g as id, (g * 7 + {i}) % 100 as grp, (array['a','b','c','d'])[1 + g % 4] as kind, (g * 13) % 5000 as amount, date '2024-01-01' + (g % 365) as day from generate_series(1, 1000) g;\n"))) + "analyze;";

    /// <summary>With <paramref name="onSeeds"/> the lowest layer reads seeds: of tables that others write nobody knows whether they changed.</summary>
    public static SyntheticProject Write(string folder, int models, bool onSeeds = false)
    {
        var project = new SyntheticProject(folder, onSeeds);
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nconfig-version: 2\nprofile: shop\nmodels:\n  shop:\n    +materialized: view\n    marts:\n      +materialized: table\nvars:\n  least: 0\n");
        project.Write("macros/money.sql", "{% macro cents(column, places=2) %}round({{ column }} / 100.0, {{ places }}){% endmacro %}\n");
        if (onSeeds) project.WriteSourcesAsSeeds();
        else project.Write("models/sources.yml", "sources:\n  - name: raw\n    schema: raw_shop\n    tables:\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"      - name: t{i}\n")));
        foreach (var (name, share) in Plan) project.AddLayer(name, (int)Math.Round(models * share));
        return project;
    }

    /// <summary>A seed of 115,000 rows.</summary>
    public void WriteSeed()
    {
        var text = new StringBuilder("id,code,amount,day\n");
        for (var i = 0; i < 115_000; i++) text.Append(CultureInfo.InvariantCulture, $"{i},code-{i % 977},{i * 7 % 10_000}.25,2024-{1 + (i % 12):00}-{1 + (i % 28):00}\n");
        Write("seeds/measurements.csv", text.ToString());
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // below the folder
        File.WriteAllText(path, text);
    }

    private void AddLayer(string layer, int count)
    {
        var below = layers.Count == 0 ? null : layers[^1];
        var names = new List<string>();
        var properties = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{layer}_{i:0000}");
            var first = below is null ? Lowest(i % 10) : $"ref('{below[i % below.Count]}')";
            var second = below is null ? null : $"ref('{below[random.Next(below.Count)]}')";
            Write($"models/{layer}/{name}.sql", Text(i, first, second, layer == Plan[^1].Name));
            names.Add(name);
            properties.Append(Properties(name, i, below is null ? null : below[i % below.Count]));
            if (names.Count % ModelsInFile != 0 && i < count - 1) continue;
            Write($"models/{layer}/{layer}_{i / ModelsInFile}.yml", "models:\n" + properties);
            properties.Clear();
        }
        layers.Add(names);
    }

    private string Lowest(int i) => onSeeds ? $"ref('t{i}')" : $"source('raw', 't{i}')";

    private void WriteSourcesAsSeeds()
    {
        for (var i = 0; i < 10; i++)
        {
            var text = new StringBuilder("id,grp,kind,amount,day\n");
            for (var g = 1; g <= 1000; g++) text.Append(CultureInfo.InvariantCulture, $"{g},{((g * 7) + i) % 100},{"abcd"[g % 4]},{g * 13 % 5000},2024-{1 + (g % 12):00}-{1 + (g % 28):00}\n");
            Write($"seeds/t{i}.csv", text.ToString());
        }
    }

    private string Text(int i, string first, string? second, bool isTable)
    {
        var loops = random.Next(4) == 0;
        var text = new StringBuilder();
        if (isTable) text.Append(CultureInfo.InvariantCulture, $"{{{{ config(materialized='table', tags=['t{i % 7}']) }}}}\n");
        if (loops) text.Append("{% set kinds = ['a', 'b', 'c', 'd'] %}\n");
        text.Append(CultureInfo.InvariantCulture, $"with base as (\n    select * from {{{{ {first} }}}}\n)");
        if (second is not null) text.Append(CultureInfo.InvariantCulture, $",\nmost as (\n    select grp, max(amount) as highest from {{{{ {second} }}}} group by grp\n)");
        text.Append("\nselect\n    base.id,\n    base.grp,\n    base.kind,\n    base.amount").Append(second is null ? "" : " + coalesce(most.highest, 0) * 0 as amount").Append(",\n    base.day");
        if (loops) text.Append(",\n    {{ cents('base.amount') }} as money{% for k in kinds %},\n    (base.kind = '{{ k }}')::int as is_{{ k }}{% endfor %}");
        text.Append("\nfrom base\n").Append(second is null ? "" : "left join most on most.grp = base.grp\n");
        if (loops) text.Append("where base.amount >= {{ var('least', 0) }}\n{% if target.name == 'prod' %}  and base.day > '2020-01-01'{% endif %}\n");
        return text.ToString();
    }

    private static string Properties(string name, int i, string? below)
    {
        var (column, test) = (i % 4) switch
        {
            0 => ("id", "unique"),
            1 => ("id", "not_null"),
            2 => ("kind", "accepted_values: {values: [a, b, c, d]}"),
            _ => below is null ? ("grp", "not_null") : ("id", $"relationships: {{to: ref('{below}'), field: id}}"),
        };
        var text = new StringBuilder($"  - name: {name}\n    description: \"The model {name}, with a description of ordinary length.\"\n    columns:\n");
        foreach (var each in Columns)
        {
            text.Append($"      - name: {each}\n        description: the column {each}\n");
            if (each == column) text.Append($"        tests:\n          - {test}\n");
        }
        return text.ToString();
    }
}
