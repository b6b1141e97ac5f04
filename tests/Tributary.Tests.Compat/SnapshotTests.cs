using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary>Versions of rows over time, equal to dbt's to the last cell.</summary>
public sealed class SnapshotTests
{
    private const string Versions = "select id, name, dbt_valid_from::text, dbt_valid_to::text, dbt_updated_at::text, dbt_scd_id = md5(id::text || '|' || dbt_updated_at) from dbt.kept order by id, kept.dbt_valid_from";

    [Fact]
    public async Task The_timestamp_strategy_closes_a_version_when_a_later_one_comes()
    {
        await using var project = await PeopleAsync("strategy='timestamp', unique_key='id', updated_at='changed'");
        (await project.RunAsync("snapshot")).Ok();
        Assert.Equal(["1|Ann|2024-01-01 00:00:00|∅|2024-01-01 00:00:00|True", "2|Bob|2024-01-01 00:00:00|∅|2024-01-01 00:00:00|True"], await project.LinesAsync(Versions));
        await project.ExecuteAsync("update people set name = 'Anna', changed = '2024-02-01' where id = 1; insert into people values (3, 'Cyd', '2024-02-02'); delete from people where id = 2");
        (await project.RunAsync("snapshot")).Ok();
        (await project.RunAsync("snapshot")).Ok();
        Assert.Equal(
            ["1|Ann|2024-01-01 00:00:00|2024-02-01 00:00:00|2024-01-01 00:00:00|True", "1|Anna|2024-02-01 00:00:00|∅|2024-02-01 00:00:00|True",
                "2|Bob|2024-01-01 00:00:00|∅|2024-01-01 00:00:00|True", "3|Cyd|2024-02-02 00:00:00|∅|2024-02-02 00:00:00|True"],
            await project.LinesAsync(Versions));
        Assert.Equal(
            ["id", "name", "changed", "dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to"],
            await project.LinesAsync("select attname from pg_attribute where attrelid = 'dbt.kept'::regclass and attnum > 0 order by attnum"));
    }

    [Theory]
    [InlineData("check_cols='all'", 2, 1)]
    [InlineData("check_cols=['name']", 1, 1)]
    [InlineData("check_cols=['name'], updated_at='changed'", 1, 1)]
    public async Task The_check_strategy_compares_columns(string config, int versionsOfBob, int open)
    {
        await using var project = await PeopleAsync($"strategy='check', unique_key='id', {config}");
        (await project.RunAsync("snapshot")).Ok();
        await project.ExecuteAsync("update people set changed = '2024-03-01' where id = 2; update people set name = null where id = 1");
        (await project.RunAsync("snapshot")).Ok();
        (await project.RunAsync("snapshot")).Ok();
        Assert.Equal(
            [$"1|2|1", $"2|{versionsOfBob}|{open}"],
            await project.LinesAsync("select id, count(*), count(*) filter (where dbt_valid_to is null) from dbt.kept group by id order by id"));
        Assert.Equal(["0"], await project.LinesAsync("select count(*) from dbt.kept a where dbt_valid_to is not null and not exists (select 1 from dbt.kept b where b.id = a.id and b.dbt_valid_from = a.dbt_valid_to)"));
    }

    [Fact]
    public async Task Rows_that_are_gone_are_closed_or_recorded_as_hard_deletes_says()
    {
        await using var project = await PeopleAsync("strategy='timestamp', unique_key='id', updated_at='changed', hard_deletes='new_record'");
        project.Write("snapshots/closed.sql", "{% snapshot closed %}{{ config(strategy='check', check_cols='all', unique_key=['id', 'name'], invalidate_hard_deletes=true) }} select * from people{% endsnapshot %}");
        (await project.RunAsync("snapshot")).Ok();
        Assert.Equal(["False", "False"], await project.LinesAsync("select dbt_is_deleted from dbt.kept"));
        await project.ExecuteAsync("delete from people where id = 2");
        (await project.RunAsync("snapshot")).Ok();
        (await project.RunAsync("snapshot")).Ok();
        const string sql = "select id, name, dbt_is_deleted, dbt_valid_to is null, dbt_valid_from = dbt_updated_at from dbt.kept order by id, kept.dbt_valid_from";
        Assert.Equal(["1|Ann|False|True|True", "2|Bob|False|False|True", "2|Bob|True|True|True"], await project.LinesAsync(sql));
        Assert.Equal(
            ["1"],
            await project.LinesAsync("select count(*) from dbt.kept d join dbt.kept a on a.id = d.id and a.dbt_is_deleted = 'False' where d.dbt_is_deleted = 'True' and d.dbt_scd_id = md5(a.dbt_scd_id || '|' || d.dbt_updated_at) and a.dbt_valid_to = d.dbt_valid_from"));
        Assert.Equal(["1|True", "2|False"], await project.LinesAsync("select id, dbt_valid_to is null from dbt.closed order by id"));
        await project.ExecuteAsync("insert into people values (2, 'Bob', '2024-01-01')");
        (await project.RunAsync("snapshot")).Ok();
        Assert.Equal(
            ["2|Bob|False|∅|1", "2|Bob|False||1", "2|Bob|True||1"],
            await project.LinesAsync("select id, name, dbt_is_deleted, case when dbt_valid_to is not null then '' end, count(*) from dbt.kept where id = 2 group by 1, 2, 3, 4 order by 3, 4 desc"));
    }

    [Fact]
    public async Task Open_versions_may_end_in_a_far_year_and_columns_bear_other_names()
    {
        await using var project = await PeopleAsync(
            "strategy='timestamp', unique_key='id', updated_at='changed', dbt_valid_to_current=\"'9999-12-31'::timestamp\", snapshot_meta_column_names={'dbt_valid_to': 'until', 'dbt_valid_from': 'since', 'dbt_scd_id': 'version_id'}");
        (await project.RunAsync("snapshot")).Ok();
        await project.ExecuteAsync("update people set name = 'Anna', changed = '2024-02-01' where id = 1");
        (await project.RunAsync("snapshot")).Ok();
        Assert.Equal(
            ["1|Ann|2024-01-01 00:00:00|2024-02-01 00:00:00", "1|Anna|2024-02-01 00:00:00|9999-12-31 00:00:00", "2|Bob|2024-01-01 00:00:00|9999-12-31 00:00:00"],
            await project.LinesAsync("select id, name, since::text, until::text from dbt.kept order by id, kept.since"));
        Assert.Equal(["dbt_updated_at", "version_id"], await project.LinesAsync("select attname from pg_attribute where attrelid = 'dbt.kept'::regclass and attname ~ 'dbt|version' order by 1"));
    }

    [Fact]
    public async Task New_columns_join_the_table_and_longer_texts_widen_it()
    {
        await using var project = await PeopleAsync("strategy='check', check_cols='all', unique_key='id'");
        (await project.RunAsync("snapshot")).Ok();
        await project.ExecuteAsync("alter table people add city text, alter name type varchar(20); update people set name = 'Annabella Long', city = 'Bonn' where id = 1");
        (await project.RunAsync("snapshot")).Ok();
        Assert.Equal(
            ["1|Ann|∅", "1|Annabella Long|Bonn", "2|Bob|∅", "2|Bob|∅"],
            await project.LinesAsync("select id, name, city from dbt.kept order by id, name, dbt_valid_from"));
        Assert.Equal(["character varying(20)"], await project.LinesAsync("select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'dbt.kept'::regclass and attname = 'name'"));
    }

    [Fact]
    public async Task Snapshots_are_written_in_yaml_too_and_models_and_tests_read_them()
    {
        await using var project = await PeopleAsync("strategy='timestamp', unique_key='id', updated_at='changed', enabled=false");
        project.Write("models/sources.yml", "sources: [{name: town, schema: public, tables: [{name: people}]}]");
        project.Write("models/names.sql", "select name from {{ ref('people_kept') }} where dbt_valid_to is null");
        project.Write("snapshots/snapshots.yml", """
            snapshots:
              - name: people_kept
                relation: source('town', 'people')
                description: Everybody.
                config: {schema: history, unique_key: id, strategy: timestamp, updated_at: changed, alias: people_over_time}
                columns: [{name: dbt_scd_id, tests: [unique, not_null]}]
              - name: people_elsewhere
                relation: ref('names')
                config: {target_schema: elsewhere, unique_key: name, strategy: check, check_cols: all}
            """);
        (await project.RunAsync("build")).Ok();
        Assert.Equal(["Ann", "Bob"], await project.LinesAsync("select name from dbt.names order by 1"));
        Assert.Equal(["2"], await project.LinesAsync("select count(*) from dbt_history.people_over_time"));
        Assert.Equal(["2"], await project.LinesAsync("select count(*) from elsewhere.people_elsewhere"));
        var listed = (await project.RunAsync("ls", "--select", "people_kept")).Ok();
        Assert.Contains("people_kept", listed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_adds_a_strategy_by_a_macro()
    {
        await using var project = await PeopleAsync("strategy='louder', unique_key='id', updated_at='changed'");
        project.Write("macros/louder.sql", """
            {% macro snapshot_louder_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
                {% do return({'unique_key': config.get('unique_key'), 'updated_at': config.get('updated_at'), 'scd_id': snapshot_hash_arguments(['id', 'changed']),
                    'row_changed': 'upper(' ~ snapshotted_rel ~ '.name) != upper(' ~ current_rel ~ '.name)', 'invalidate_hard_deletes': false}) %}
            {% endmacro %}
            """);
        (await project.RunAsync("snapshot")).Ok();
        await project.ExecuteAsync("update people set name = 'ANN', changed = '2024-02-01' where id = 1; update people set name = 'Rob', changed = '2024-02-01' where id = 2");
        (await project.RunAsync("snapshot")).Ok();
        Assert.Equal(["1|Ann|True", "2|Bob|False", "2|Rob|True"], await project.LinesAsync("select id, name, dbt_valid_to is null from dbt.kept order by 1, 2"));
    }

    [Theory]
    [InlineData("unique_key='id'", "has no strategy or no unique_key")]
    [InlineData("strategy='timestamp', unique_key='id'", "has no updated_at")]
    [InlineData("strategy='check', unique_key='id', check_cols='name'", "check_cols=['name']")]
    [InlineData("strategy='check', unique_key='id', check_cols='all', hard_deletes='invalid'", "invalidate")]
    [InlineData("strategy='never', unique_key='id'", "snapshot_never_strategy")]
    public async Task A_configuration_that_cannot_work_is_refused(string config, string said)
    {
        await using var project = await PeopleAsync(config);
        var run = await project.RunAsync("snapshot");
        Assert.NotEqual(0, run.ExitStatus);
        Assert.Contains(said, run.Err, StringComparison.Ordinal);
    }

    private static async Task<DbtProject> PeopleAsync(string config)
    {
        var project = await DbtProject.CreateAsync();
        await project.ExecuteAsync("create table people (id int, name varchar(10), changed timestamp); insert into people values (1, 'Ann', '2024-01-01'), (2, 'Bob', '2024-01-01')");
        project.Write("snapshots/kept.sql", $$$"""
            {% snapshot kept %}
            {{ config({{{config}}}) }}
            select * from people
            {% endsnapshot %}
            """);
        return project;
    }
}
