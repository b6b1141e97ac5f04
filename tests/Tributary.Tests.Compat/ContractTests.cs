using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary>Columns, types and constraints that a model promises.</summary>
public sealed class ContractTests
{
    private const string Columns = "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute where attrelid = 'dbt.kept'::regclass and attnum > 0";

    [Theory]
    [InlineData("table")]
    [InlineData("incremental', on_schema_change='fail")]
    public async Task A_table_has_the_contracts_order_types_and_constraints(string materialized)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/parent.sql", "{{ config(materialized='table') }} select 1 as id union all select 2");
        project.Write("models/kept.sql", $"{{{{ config(materialized='{materialized}') }}}} select 'a' as name, 2 as parent_id, 1 as id{{% if is_incremental() %}} where false{{% endif %}}");
        project.Write("models/all.yml", """
            models:
              - name: parent
                config: {contract: {enforced: true}}
                columns: [{name: id, data_type: integer, constraints: [{type: primary_key}]}]
              - name: kept
                config: {contract: {enforced: true}}
                constraints:
                  - {type: check, columns: [id], name: id_is_small, expression: "id < 100"}
                  - {type: foreign_key, columns: [parent_id], to: ref('parent'), to_columns: [id]}
                  - {type: unique, columns: [id, name]}
                columns:
                  - {name: id, data_type: int, constraints: [{type: not_null}, {type: primary_key}]}
                  - {name: name, data_type: string, constraints: [{type: check, expression: "name <> ''"}]}
                  - {name: parent_id, data_type: integer, constraints: [{type: custom, expression: "default 7"}]}
            """);
        for (var i = 0; i < 3; i++)
        {
            (await project.RunAsync("build")).Ok();
            Assert.Equal(["id integer, name text, parent_id integer"], await project.LinesAsync(Columns));
            Assert.Equal(
                ["CHECK ((id < 100))", "CHECK ((name <> ''::text))", "FOREIGN KEY (parent_id) REFERENCES dbt.parent(id)", "PRIMARY KEY (id)", "UNIQUE (id, name)"],
                await project.LinesAsync("select replace(pg_get_constraintdef(oid), ' NOT VALID', '') from pg_constraint where conrelid = 'dbt.kept'::regclass and contype <> 'n' order by 1"));
            Assert.Equal(["1|a|2"], await project.LinesAsync("select * from dbt.kept"));
        }
        Assert.Equal(["id_is_small", "kept_name_check", "kept_pkey"], await project.LinesAsync("select conname from pg_constraint where conrelid = 'dbt.kept'::regclass and contype in ('c', 'p') order by 1"));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("view")]
    public async Task Columns_that_differ_are_shown_before_anything_is_built(string materialized)
    {
        await using var project = await KeptAsync(materialized, "select 1 as id, 'x'::varchar(3) as name, 'one' as number, 2 as more");
        var run = (await project.RunAsync("run")).Expect(1);
        foreach (var line in new[] { "| number      | text", "| integer       | data type mismatch", "| more ", "missing in contract", "| gone ", "missing in definition" })
            Assert.Contains(line, run.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("| name ", run.Err, StringComparison.Ordinal);
        Assert.Equal(["0"], await project.LinesAsync("select count(*) from pg_class where relname = 'kept'"));
        project.Write("models/kept.sql", $"{{{{ config(materialized='{materialized}') }}}} select 1 as id, 'x'::varchar(3) as name, 3::smallint as number, true as gone");
        (await project.RunAsync("run")).Ok();
    }

    [Fact]
    public async Task A_row_that_breaks_a_constraint_keeps_the_last_good_table()
    {
        await using var project = await KeptAsync("table", "select 1 as id, 'x' as name, 2 as number, true as gone");
        (await project.RunAsync("run")).Ok();
        project.Write("models/kept.sql", "{{ config(materialized='table') }} select null::int as id, 'x' as name, 2 as number, true as gone");
        (await project.RunAsync("run")).Expect(1);
        Assert.Equal(["1"], await project.LinesAsync("select id from dbt.kept"));
    }

    [Theory]
    [InlineData("ephemeral", "columns: [{name: id, data_type: int}]", "ephemeral")]
    [InlineData("table", "columns: [{name: id}]", "no data_type")]
    [InlineData("table", "columns: []", "names no columns")]
    [InlineData("incremental", "columns: [{name: id, data_type: int}]", "on_schema_change")]
    public async Task A_contract_that_cannot_hold_is_refused(string materialized, string columns, string said)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/kept.sql", $"{{{{ config(materialized='{materialized}') }}}} select 1 as id");
        project.Write("models/kept.yml", $"models: [{{name: kept, config: {{contract: {{enforced: true}}}}, {columns}}}]");
        var run = (await project.RunAsync("run")).Expect(2);
        Assert.Contains(said, run.Err, StringComparison.Ordinal);
    }

    private static async Task<DbtProject> KeptAsync(string materialized, string sql)
    {
        var project = await DbtProject.CreateAsync();
        project.Write("models/kept.sql", $"{{{{ config(materialized='{materialized}') }}}} {sql}");
        project.Write("models/kept.yml", """
            models:
              - name: kept
                config: {contract: {enforced: true}}
                columns:
                  - {name: id, data_type: int, constraints: [{type: not_null}]}
                  - {name: name, data_type: text}
                  - {name: number, data_type: integer}
                  - {name: gone, data_type: boolean}
            """);
        return project;
    }
}
