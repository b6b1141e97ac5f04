using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Running;

public sealed class ConnectedCheckTests
{
    [Fact]
    public async Task Errors_of_columns_and_types_are_found_in_all_models_and_nothing_is_built()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/s.csv", "id,name\n1,a\n");
        project.Write("models/good.sql", "{{ config(materialized='table') }}\nselect id, name from {{ ref('s') }}");
        project.Write("models/inner.sql", "{{ config(materialized='ephemeral') }} select id + 1 as next from {{ ref('good') }}");
        project.Write("models/missing.sql", "select\n  id,\n  nam\nfrom {{ ref('good') }}");
        project.Write("models/behind.sql", "select * from {{ ref('missing') }}");
        project.Write("models/typed.sql", "{{ config(materialized='incremental') }}\nselect next\nfrom {{ ref('inner') }}\nwhere next = name_of('x')\n{% if is_incremental() %} and next > (select max(next) from {{ this }}) {% endif %}");
        project.Write("models/good.yml", "models: [{name: good, columns: [{name: nothing, data_tests: [not_null]}, {name: id, data_tests: [unique]}]}]");
        var check = await project.RunAsync("check", "--connected");
        Assert.Equal(2, check.ExitStatus);
        Assert.Contains("models/missing.sql:3: TRB0304: column \"nam\" does not exist", check.Err, StringComparison.Ordinal);
        Assert.Contains("models/typed.sql:4", check.Err, StringComparison.Ordinal);
        Assert.Contains("name_of(unknown) does not exist", check.Err, StringComparison.Ordinal);
        Assert.Contains("column \"nothing\" does not exist", check.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("behind", check.Err, StringComparison.Ordinal);
        Assert.Empty(await project.LinesAsync("select relname from pg_class where relnamespace = to_regnamespace('dbt') or relnamespace::regnamespace::text like 'pg_temp%'"));
    }

    [Fact]
    public async Task What_is_right_is_right_before_and_after_it_was_built()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/s.csv", "id,name,at\n1,a,2025-01-01\n");
        project.Write("snapshots/h.sql", "{% snapshot h %}{{ config(target_schema='dbt', unique_key='id', strategy='check', check_cols='all') }} select * from {{ ref('s') }}{% endsnapshot %}");
        project.Write("models/a.sql", "{{ config(materialized='table') }} select id, name, dbt_valid_to from {{ ref('h') }}");
        project.Write("models/b.sql", """
            {{ config(materialized='incremental', unique_key='id') }}
            select {{ adapter.get_columns_in_relation(ref('a')) | map(attribute='name') | join(', ') or '1' }} from {{ ref('a') }}
            {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}
            """);
        project.Write("models/b.yml", "models: [{name: b, columns: [{name: id, data_tests: [unique, not_null, relationships: {arguments: {to: ref('s'), field: id}}]}]}]");
        (await project.RunAsync("check", "--connected")).Ok();
        (await project.RunAsync("build")).Ok();
        (await project.RunAsync("check", "--connected")).Ok();
        Assert.Equal(["1"], await project.LinesAsync("select count(*) from dbt.b"));
    }
}
