namespace Tributary.Tests.Models.Caching;

/// <summary>Whatever is edited in whatever order, parsing with the cache gives what parsing without one gives.</summary>
public sealed class RandomEditTests
{
    private const int Edits = 25;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Warm_is_cold(int seed)
    {
        var random = new Random(seed);
        using var project = new CachedFolder();
        for (var edit = 0; edit < Edits; edit++)
        {
            Edit(project, random);
            var cold = project.ParseCold();
            Assert.Equal(cold, project.Parse().Picture);
            Assert.Equal(cold, project.Parse().Picture);
        }
    }

    private static void Edit(CachedFolder project, Random random)
    {
        var model = $"models/m{random.Next(6)}.sql";
        var exists = File.Exists(Path.Combine(project.Folder.Path, model));
        switch (random.Next(10))
        {
            case 0 when exists: project.Delete(model); break;
            case 1 when exists: project.Move(model, $"models/marts/m{random.Next(100, 1000)}.sql"); break;
            case 2: project.Write("macros/m.sql", $"{{% macro shout(a) %}}{random.Next(3)}{{{{ a }}}}{{% endmacro %}}"); break;
            case 3: project.Write("macros/name.sql", $"{{% macro generate_alias_name(custom, node) %}}{{{{ node.name }}}}_{random.Next(3)}{{% endmacro %}}"); break;
            case 4: project.Write("models/more.yml", $"models: [{{name: stg, description: again}}, {{name: m{random.Next(6)}, columns: [{{name: id, tests: [unique]}}]}}]"); break;
            case 5: project.Write("models/more.yml", $"seeds: [{{name: lands, description: '{random.Next(3)}'}}]"); break;
            case 6: project.Write("dbt_project.yml", $"name: shop\nvars: {{least: {random.Next(3)}}}\nmodels: {{+tags: [t{random.Next(3)}]}}\n"); break;
            case 7: project.Folder.Vars["least"] = random.Next(3); break;
            case 8: project.Folder.Environment_["REGION"] = $"r{random.Next(2)}"; break;
            default: project.Write(model, Text(random)); break;
        }
    }

    private static string Text(Random random) => random.Next(5) switch
    {
        0 => $"select 1 as id from {{{{ ref('m{random.Next(6)}') }}}}",
        1 => "{{ config(materialized='ephemeral', meta={'a': [1, 2.5, none, true]}) }} select 1 as id",
        2 => $"{{% if var('least') > 1 %}}select 1 as id{{% else %}}select * from {{{{ ref('m{random.Next(6)}') }}}}{{% endif %}}",
        3 => "select {{ shout('id') }} from {{ ref('stg') }} where {{ env_var('REGION', 'x') }} = 1",
        _ => $"{{{{ config(enabled={(random.Next(2) == 0 ? "true" : "false")}) }}}} select {random.Next(9)} as id",
    };
}
