using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary>CSV files as tables, typed as dbt types them.</summary>
public sealed class SeedTests
{
    private const string Columns = "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute where attrelid = 'dbt.s'::regclass and attnum > 0 and not attisdropped";

    [Fact]
    public async Task Values_decide_types_and_the_words_for_nothing_are_null()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/s.csv", "\uFEFFi,f,b,d,t,iso,x,n,code\n1,1.5,true,2024-01-02,2024-01-02 03:04:05,2024-01-02T03:04:05+02:00,null,,007\n\"1,000\",2,FALSE,2024-1-3,2024-01-02 3:4:5,2024-01-02T03:04:05.5Z, NULL ,null,08\n");
        await project.ExecuteAsync("alter role current_user set timezone = 'UTC'");
        (await project.RunAsync("seed")).Ok();
        Assert.Equal(
            ["i integer, f double precision, b boolean, d date, t timestamp without time zone, iso timestamp without time zone, x integer, n integer, code integer"],
            await project.LinesAsync(Columns));
        Assert.Equal(
            ["(1,1.5,t,2024-01-02,\"2024-01-02 03:04:05\",\"2024-01-02 01:04:05\",,,7)", "(1000,2,f,2024-01-03,\"2024-01-02 03:04:05\",\"2024-01-02 03:04:05.5\",,,8)"],
            await project.LinesAsync("select s::text from dbt.s s order by i"));
    }

    [Fact]
    public async Task Files_are_read_as_pythons_csv_reads_them()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/s.csv", "Id, name,,Id\r\n1,\"two\r\nlines, \"\"quoted\"\"\",a\"b,\"x\"y\r\n2,short\r\n\r\n3, \t\\ ,ö,😀");
        (await project.RunAsync("seed")).Ok();
        Assert.Equal(["Id integer,  name text, c text, Id_2 text"], await project.LinesAsync(Columns));
        Assert.Equal(
            ["1|two\nlines, \"quoted\"|a\"b|xy", "2|short|∅|∅", "3| \t\\ |ö|😀", "∅|∅|∅|∅"],
            await project.LinesAsync("select * from dbt.s order by 1"));
    }

    [Fact]
    public async Task Configuration_gives_types_quotes_delimiters_and_places()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("""
            seeds:
              shop:
                s: {quote_columns: false, delimiter: ";", +column_types: {Code: varchar(8), amount: "numeric(10,2)"}, post-hook: "insert into said values ('{{ this.name }}')"}
                off: {enabled: false}
                other: {schema: raw, alias: another}
            """);
        await project.ExecuteAsync("create table said (what text)");
        project.Write("seeds/s.csv", "Code;amount\n007;1.50\n");
        project.Write("seeds/off.csv", "a\n1\n");
        project.Write("seeds/other.csv", "a\n1\n");
        (await project.RunAsync("seed")).Ok();
        Assert.Equal(["code character varying(8), amount numeric(10,2)"], await project.LinesAsync(Columns));
        Assert.Equal(["007|1.50|s"], await project.LinesAsync("select code, amount, what from dbt.s, said"));
        Assert.Equal(["1"], await project.LinesAsync("select a from dbt_raw.another"));
        Assert.Equal(["0"], await project.LinesAsync("select count(*) from pg_class where relname = 'off'"));
    }

    [Fact]
    public async Task A_second_load_replaces_rows_and_columns_and_views_stay()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/s.csv", "id,name\n1,a\n2,b\n");
        project.Write("models/over.sql", "select id from {{ ref('s') }}");
        (await project.RunAsync("build")).Ok();
        project.Write("seeds/s.csv", "id,name,more\n3,c,x\n");
        (await project.RunAsync("seed")).Ok();
        Assert.Equal(["3|c|x"], await project.LinesAsync("select * from dbt.s"));
        Assert.Equal(["3"], await project.LinesAsync("select * from dbt.over"));
        project.Write("seeds/s.csv", "id,name\n");
        (await project.RunAsync("seed", "--full-refresh")).Ok();
        Assert.Equal(["0"], await project.LinesAsync("select count(*) from dbt.over"));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a,b\n1,2,3\n", "has 3 fields")]
    public async Task A_file_that_is_no_table_is_refused_at_its_line(string text, string said)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/s.csv", text);
        var run = (await project.RunAsync("seed")).Expect(1);
        Assert.Contains(said, run.Err, StringComparison.Ordinal);
        Assert.Contains("seeds/s.csv:", run.Err, StringComparison.Ordinal);
    }
}
