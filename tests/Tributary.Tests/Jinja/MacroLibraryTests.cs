using Tributary.Jinja;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Tests.Jinja;

public sealed class MacroLibraryTests
{
    [Fact]
    public void Macros_of_all_files_see_one_another_through_the_globals()
    {
        var first = Template.ParseLibrary("{% macro a(x) %}a{{ b(x) }}{% endmacro %}", "a.sql");
        var second = Template.ParseLibrary("{% macro b(x) %}b{{ x }}{{ target.name }}{% endmacro %}", "b.sql");
        var scope = new Scope { ["target"] = new Dictionary<string, object?> { ["name"] = "dev" } };
        var context = new TemplateContext(scope);
        foreach (var macro in first.Macros.Concat(second.Macros)) scope[macro.Name] = macro.Bind(context);
        Assert.Equal("ab1dev", Template.Parse("{{ a(1) }}", "m.sql").Render(context));
    }

    [Fact]
    public void A_macro_means_what_the_globals_say_at_the_time_of_the_call()
    {
        var library = Template.ParseLibrary("{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}own{% endmacro %}", "a.sql");
        var scope = new Scope { ["b"] = new Function("b", "", _ => "other") };
        var context = new TemplateContext(scope);
        Assert.Equal("other", library.Macros[0].Bind(context).Call(new CallArguments(context)));
    }

    [Fact]
    public void Macros_see_variables_that_their_file_sets_outside_of_them()
    {
        var library = Template.ParseLibrary("{% set unit = 'cm' %}{% macro a(x) %}{{ x }}{{ unit }}{% endmacro %}", "a.sql");
        var context = new TemplateContext(new Scope());
        Assert.Equal("5cm", library.Macros[0].Bind(context).Call(new CallArguments(context, 5L)));
    }

    [Fact]
    public void Returns_values_as_they_are()
    {
        var library = Template.ParseLibrary("{% macro columns() %}{{ return(['a', 'b']) }}{% endmacro %}", "a.sql");
        var context = new TemplateContext(new Scope());
        Assert.Equal(new List<object?> { "a", "b" }, library.Macros[0].Bind(context).Call(new CallArguments(context)));
    }

    [Fact]
    public void Describes_what_a_file_defines()
    {
        const string Text =
            """
            {% macro cents(column, digits=2) %}round({{ column }}, {{ digits }}){% endmacro %}
            {% test positive(model, column_name) %}select * from {{ model }}{% endtest %}
            {% data_test odd(model) %}select 1{% enddata_test %}
            {% materialization view, default %}v{% endmaterialization %}
            {% materialization table, adapter='postgres', supported_languages=['sql', 'python'] %}t{% endmaterialization %}
            {% docs overview %} Reads {{ nothing }} {% as %} it stands. {% enddocs %}
            """;
        var library = Template.ParseLibrary(Text, "a.sql");
        Assert.Equal(
            [(MacroKind.Macro, "cents"), (MacroKind.Test, "positive"), (MacroKind.Test, "odd"), (MacroKind.Materialization, "view"), (MacroKind.Materialization, "table")],
            library.Macros.Select(m => (m.Kind, m.Name)));
        Assert.Equal(["column", "digits"], library.Macros[0].Parameters.Select(p => p.Name));
        Assert.Equal(new SourcePosition("a.sql", 2, 1), library.Macros[1].Position);
        Assert.Equal("{% data_test odd(model) %}select 1{% enddata_test %}", library.Macros[2].Text);
        Assert.Equal(["default", "postgres"], library.Macros.Skip(3).Select(m => m.Adapter));
        Assert.Equal(["sql", "python"], library.Macros[4].SupportedLanguages);
        Assert.Equal(("overview", " Reads {{ nothing }} {% as %} it stands. "), (library.Docs[0].Name, library.Docs[0].Text));
    }

    [Fact]
    public void A_snapshot_is_a_template_of_its_own()
    {
        var file = Template.Parse("{% snapshot patients %}\n{% set x = 1 %}select {{ x }}, {{ y }}{% endsnapshot %}", "s.sql");
        var snapshot = Assert.Single(file.Snapshots);
        Assert.Equal("patients", snapshot.Name);
        Assert.Equal("\nselect 1, 2", snapshot.Template.Render(new TemplateContext(new Scope { ["y"] = 2 })));
        Assert.Equal("", file.Render(new TemplateContext(new Scope())));
    }

    [Fact]
    public void A_statement_block_reaches_its_macro_as_caller()
    {
        var library = Template.ParseLibrary(
            """
            {%- macro statement(name=none, fetch_result=False) -%}
              {%- set sql = caller() -%}
              {{- run(name, sql, fetch_result) -}}
            {%- endmacro %}
            {%- macro outer(n) -%}
              {%- call statement('main', fetch_result=True) -%} select {{ n }} {%- endcall -%}
            {%- endmacro %}
            """,
            "a.sql");
        var ran = new List<string>();
        var scope = new Scope { ["run"] = new Function("run", "name, sql, fetch", a => { ran.Add($"{a[0]}|{a[1]}|{a[2]}"); return ""; }) };
        var context = new TemplateContext(scope);
        foreach (var macro in library.Macros) scope[macro.Name] = macro.Bind(context);
        Assert.Equal("", Template.Parse("{{ outer(5) }}", "m.sql").Render(context));
        Assert.Equal(["main|select 5|True"], ran);
    }

    [Fact]
    public void A_dispatched_macro_is_called_as_the_host_found_it()
    {
        var library = Template.ParseLibrary(
            "{% macro hash(x) %}{{ return(adapter.dispatch('hash', 'dbt')(x)) }}{% endmacro %}{% macro default__hash(x) %}md5({{ x }}){% endmacro %}", "a.sql");
        var scope = new Scope();
        var context = new TemplateContext(scope);
        var macros = library.Macros.ToDictionary(m => m.Name, m => m.Bind(context));
        scope["adapter"] = new HostObject("adapter") { ["dispatch"] = new Function("dispatch", "name, package=None", a => macros["default__" + a.Text(0)]) };
        scope["hash"] = macros["hash"];
        Assert.Equal("md5(id)", Template.Parse("{{ hash('id') }}", "m.sql").Render(context));
    }

    [Fact]
    public void Templates_are_rendered_by_many_threads_at_once()
    {
        var library = Template.ParseLibrary("{% macro twice(x) %}{% for i in range(2) %}{{ caller(x) if caller else x }}{% endfor %}{% endmacro %}", "a.sql");
        var template = Template.Parse("{% set n = namespace(x=0) %}{% for i in range(50) %}{% set n.x = n.x + i %}{% call(v) twice(i) %}{{ v }}{% endcall %}{% endfor %}{{ n.x }}{{ who }}", "m.sql");
        var results = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Select(who =>
        {
            var scope = new Scope { ["who"] = who % 3 };
            var context = new TemplateContext(scope);
            scope["twice"] = library.Macros[0].Bind(context);
            return template.Render(context);
        }).Distinct().ToList();
        Assert.Equal(3, results.Count);
    }
}
