using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Context;

/// <summary>The names that dbt puts into a template, in the pass that collects references and in the one that runs.</summary>
public sealed class TemplateContextTests
{
    [Fact]
    public async Task The_target_flags_and_the_call_are_known()
    {
        await using var project = await DbtProject.CreateAsync();
        var facts = await Facts.OfAsync(project, "",
            "target.type", "target.name", "target.schema", "target.threads", "target.profile_name", "target['dbname'] == target.database", "flags.WHICH", "flags.FULL_REFRESH", "invocation_args_dict.which",
            "invocation_args_dict.get('select')", "(invocation_id | length)", "run_started_at.tzinfo is not none", "run_started_at.strftime('%Y') | int > 2000", "dbt_version.split('.') | length > 2",
            "project_name", "adapter.type()", "selected_resources", "this.identifier", "model.unique_id", "model.config.materialized", "model['path']", "context['project_name']", "builtins.ref.config.project_name",
            "nothing_of_this_name");
        Assert.Equal(
            ["postgres", "dev", "dbt", "4", "shop", "True", "run", "False", "run", "['facts']", "36", "True", "True", "True", "shop", "postgres", "['model.shop.facts']", "facts", "model.shop.facts", "view",
             "facts.sql", "shop", "shop", ""],
            facts);
    }

    [Fact]
    public async Task Data_goes_in_and_out_of_templates()
    {
        await using var project = await DbtProject.CreateAsync();
        var facts = await Facts.OfAsync(project, "",
            "fromjson('{\"a\": [1, null]}')['a'][0]", "fromjson('not json', 'none given')", "fromjson('not json')", "tojson({'b': 1, 'a': [true]}, sort_keys=true)", "fromyaml('a: [1, 2]').a[1]", "toyaml({'a': [1, 'x'], 'b': {'c': none}}) | trim",
            "zip([1, 2], ['a', 'b', 'c']) | list", "zip(1, [2], default=['usual'])", "set([3, 1, 3]) | length", "set(5, 'usual')", "local_md5('abc')", "diff_of_two_dicts({'A': ['X', 'y']}, {'a': ['x']})",
            "modules.re.sub('[^a-z]+', '_', 'a b--c')", "modules.re.match('(?P<y>\\d+)-', '2024-01').group('y')", "modules.itertools.product('ab', [1]) | list", "modules.itertools.chain([1], [2]) | list", "modules.itertools.permutations([1, 2]) | list", "modules.itertools.zip_longest([1], ['a', 'b'], fillvalue=0) | list", "modules.itertools.product([0, 1], repeat=2) | list | length", "modules.re.escape('a.b-c')",
            "modules.datetime.date(2024, 1, 31) + modules.datetime.timedelta(days=1)", "modules.datetime.datetime(2024, 1, 1, 12, 30).strftime('%d %b %Y %H:%M')",
            "modules.pytz.timezone('America/New_York').localize(modules.datetime.datetime(2024, 7, 1)).isoformat()", "modules.datetime.datetime.strptime('2024-02-03', '%Y-%m-%d').date()", "var('none_such', 'usual')", "var.has_var('none_such')");
        Assert.Equal(
            ["1", "none given", "None", "{\"a\": [true], \"b\": 1}", "2", "a:\n- 1\n- x\nb:\n  c: null", "[(1, 'a'), (2, 'b')]", "['usual']", "2", "usual", "900150983cd24fb0d6963f7d28e17f72", "{'a': ['y']}",
             "a_b_c", "2024", "[('a', 1), ('b', 1)]", "[1, 2]", "[(1, 2), (2, 1)]", "[(1, 'a'), (0, 'b')]", "4", "a\\.b\\-c", "2024-02-01", "01 Jan 2024 12:30", "2024-07-01T00:00:00-04:00", "2024-02-03", "usual", "False"],
            facts);
    }

    [Fact]
    public async Task Relations_and_columns_are_as_the_adapter_makes_them()
    {
        await using var project = await DbtProject.CreateAsync();
        await project.ExecuteAsync("create schema dbt; create table dbt.wide (a int, b numeric(10,2), c varchar(12), d text[], e timestamptz, f char(3), g numeric)");
        var facts = await Facts.OfAsync(project,
            """
            {% set r = api.Relation.create(database='d', schema='s', identifier='t', type='view') %}
            {% if execute %}{% set columns = adapter.get_columns_in_relation(api.Relation.create(database=target.database, schema='dbt', identifier='wide')) %}{% endif %}
            """,
            "r", "r.include(database=false)", "r.quote(identifier=false)", "r.incorporate(path={'schema': none, 'identifier': 'u'})", "r.replace_path(identifier='v').identifier", "r.without_identifier()",
            "r.information_schema('columns')", "r.is_view", "r.type", "r.render()", "columns | map(attribute='dtype') | join('|')", "columns | map(attribute='data_type') | join('|')", "columns[0].numeric_precision",
            "columns[2].string_size()", "columns[3].is_string()", "columns[1].is_number()", "columns[0].quoted", "api.Column.translate_type('string')", "api.Column.numeric_type('numeric', 3, 1)",
            "api.Column.create('x', 'integer').dtype", "adapter.quote('A b')", "adapter.get_relation(target.database, 'dbt', 'wide').type", "adapter.get_relation(target.database, 'dbt', 'none') is none");
        Assert.Equal(
            ["\"d\".\"s\".\"t\"", "\"s\".\"t\"", "\"d\".\"s\".t", "\"d\".\"u\"", "v", "\"d\".\"s\"", "\"d\".INFORMATION_SCHEMA.columns", "True", "view", "\"d\".\"s\".\"t\"",
             "integer|numeric|character varying|ARRAY|timestamp with time zone|character|numeric", "integer|numeric(10,2)|character varying(12)|text[]|timestamp with time zone|character varying(3)|numeric", "32",
             "12", "False", "True", "\"a\"", "TEXT", "numeric(3,1)", "INT", "\"A b\"", "table", "True"],
            facts);
    }

    [Fact]
    public async Task The_graph_tells_of_every_node_with_the_keys_of_the_manifest()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/staging/a.sql", "{{ config(tags=['x']) }}select {{ one() }} as id");
        project.Write("models/schema.yml", "models:\n  - name: a\n    columns:\n      - name: id\n        tests: [not_null]\nsources:\n  - name: raw\n    tables: [{name: t}]\n");
        project.Write("macros/one.sql", "{% macro one() %}1{% endmacro %}");
        var facts = await Facts.OfAsync(project, "-- depends_on: {{ ref('a') }}\n{% set a = graph.nodes['model.shop.a'] if execute else {} %}",
            "a.resource_type", "a.path", "a.original_file_path", "a.fqn | join('.')", "a.tags", "a.depends_on.macros", "(a.checksum.checksum | length)", "a.config.get('materialized')", "a.config['on_schema_change']",
            "graph.nodes.values() | selectattr('resource_type', 'equalto', 'test') | map(attribute='test_metadata.name') | join", "graph.sources.values() | map(attribute='source_name') | join", "graph.exposures", "graph.nodes['model.shop.facts'].depends_on.nodes");
        Assert.Equal(
            ["model", "staging/a.sql", "models/staging/a.sql", "shop.staging.a", "['x']", "['macro.shop.one']", "64", "view", "ignore", "not_null", "raw", "{}", "['model.shop.a']"],
            facts);
    }

    [Fact]
    public async Task Collecting_references_passes_over_what_is_not_known_yet()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", """
            {% if execute %}{{ not_installed.macro(var('set_by_nobody_and_never_read', 1)) if false }}{% endif %}
            {%- if target.name == 'other' -%}{{ some_other_package.star(ref('missing_too') if false) }}{%- endif -%}
            select '{{ run_query("select 1").columns[0].values()[0] if execute }}' as v, '{{ config.get('alias', 'usual') is none }}' as known, '{{ config.get('of_nobody', 'usual') }}' as unknown
            """);
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["1|True|usual"], await project.LinesAsync("select * from dbt.a"));
    }
}
