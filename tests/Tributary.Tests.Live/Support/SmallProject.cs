namespace Tributary.Tests.Live.Support;

/// <summary>A project of a few files that a test writes, on a database of its own.</summary>
internal sealed class SmallProject : ExampleProject
{
    private SmallProject(DirectoryInfo folder, TestDatabase warehouse) : base(folder, warehouse)
    {
    }

    public override Dictionary<string, string> Environment => new() { ["SMALL_TEST_PASSWORD"] = Warehouse.Address.Password! }; // the test server always has one

    /// <summary>A dbt project called <c>small</c>, whose models name their schemas, and <c>tributary.yml</c> with these lines behind the warehouse.</summary>
    public static async Task<SmallProject> CreateAsync(string settings)
    {
        var project = new SmallProject(Directory.CreateTempSubdirectory("tributary-small-"), await TestDatabase.CreateAsync(migrated: false));
        project.Write("dbt_project.yml", "name: small\nversion: '1.0'\nconfig-version: 2\nprofile: small\n");
        project.Write("macros/names.sql", "{% macro generate_schema_name(custom_schema_name=none, node=none) -%}{{ custom_schema_name or target.schema }}{%- endmacro %}");
        project.Configure(settings);
        return project;
    }

    /// <summary>Writes <c>tributary.yml</c> anew.</summary>
    public void Configure(string settings) => Write("tributary.yml", $$"""
        config_version: 1
        name: small
        warehouse:
          host: {{Warehouse.Address.Host}}
          port: {{Warehouse.Address.Port}}
          database: {{Warehouse.Address.Database}}
          user: {{Warehouse.Address.Username}}
          password: ${SMALL_TEST_PASSWORD}
        {{settings}}
        """);

    /// <summary>A table of one model.</summary>
    public void Model(string schema, string name, string sql) =>
        Write($"models/{name}.sql", $$$"""{{ config(materialized='table', schema='{{{schema}}}') }} {{{sql}}}""");
}
