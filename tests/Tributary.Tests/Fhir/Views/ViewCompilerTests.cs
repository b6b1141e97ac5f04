using System.Text;
using System.Text.Json;
using Tributary.Core.Fhir.Views;
using Tributary.Core.Text;

namespace Tributary.Tests.Fhir.Views;

public sealed class ViewCompilerTests
{
    [Theory]
    [InlineData("""{"resource":"Patient","select":[{"column":[{"name":"a","path":"id"},{"name":"a","path":"id"}]}]}""", "defined twice")]
    [InlineData("""{"resource":"Patient","select":[{"column":[{"name":"a","path":"id"}]},{"select":[{"column":[{"name":"a","path":"id"}]}]}]}""", "defined twice")]
    [InlineData("""{"resource":"Patient","select":[{"unionAll":[{"column":[{"name":"a","path":"id"},{"name":"b","path":"id"}]},{"column":[{"name":"b","path":"id"},{"name":"a","path":"id"}]}]}]}""", "branch of unionAll")]
    [InlineData("""{"resource":"Patient","select":[{"unionAll":[{"column":[{"name":"a","path":"id","type":"id"}]},{"column":[{"name":"a","path":"active","type":"boolean"}]}]}]}""", "expected id")]
    [InlineData("""{"resource":"Patient","select":[{"forEach":"name","forEachOrNull":"name","column":[{"name":"a","path":"id"}]}]}""", "expected one of them")]
    [InlineData("""{"resource":"Patient","select":[{"repeat":"item","column":[{"name":"a","path":"id"}]}]}""", "repeat takes a list")]
    [InlineData("""{"resource":"Patient","select":[{"column":[{"name":"a b","path":"id"}]}]}""", "not allowed")]
    [InlineData("""{"resource":"Patient","select":[{"column":[{"name":"a"}]}]}""", "`path` is missing")]
    [InlineData("""{"resource":"Patient","select":[]}""", "empty list")]
    [InlineData("""{"resource":"Patient","select":[{}]}""", "no column")]
    [InlineData("""{"resource":"Patient","constant":[{"name":"c","valueString":"a","valueCode":"b"}],"select":[{"column":[{"name":"a","path":"id"}]}]}""", "has 2 values")]
    [InlineData("""{"resource":"Patient","constant":[{"name":"c","valueInteger":"a"}],"select":[{"column":[{"name":"a","path":"id"}]}]}""", "is no Integer")]
    [InlineData("""{"resource":"Patient","constant":[{"name":"c","valueDate":"yesterday"}],"select":[{"column":[{"name":"a","path":"id"}]}]}""", "is no Date")]
    [InlineData("""{"resource":"Patient","select":[{"column":[{"name":"a","path":"id"}]}],"where":[{"path":"'a'"}]}""", "no boolean")]
    [InlineData("""{"resource":"Patient","select":[{"repeat":["$this"],"column":[{"name":"a","path":"id"}]}]}""", "elements below")]
    [InlineData("""{"resource":"Patient","select":[{"column":[{"name":"a","path":"id","tag":[{"name":"ansi/type","value":"INTEGR"}]}]}]}""", "not known")]
    [InlineData("""[1]""", "Expected a ViewDefinition")]
    [InlineData("""{"resource":"Patient",}""", "not JSON")]
    public void What_the_specification_forbids_is_refused(string json, string message)
    {
        var wrong = Assert.Throws<UserErrorException>(() => Compile(json));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_expression_is_shown_at_its_line_and_character()
    {
        var json = "{\n  \"resource\": \"Patient\",\n  \"select\": [{\"column\": [\n    {\"name\": \"a\", \"path\": \"name.frist()\"}\n  ]}]\n}";
        var error = Assert.Single(Assert.Throws<UserErrorException>(() => Compile(json)).Errors);
        Assert.Equal(new SourcePosition("v.json", 4, 33), error.At);
        Assert.Contains("character 6", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'; drop table x; --")]
    [InlineData("{{ run_query('x') }}")]
    [InlineData("{% do x %}")]
    [InlineData("<<relation>>")]
    [InlineData(@"\'||pg_sleep(10)||'")]
    [InlineData("\u0001\u2028\"")]
    public void Hostile_texts_stay_texts(string text)
    {
        var quoted = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        var paths = new[] { $"'{quoted}'", $"name.where(use = '{quoted}').family", $"`{quoted.Replace("`", "\\`", StringComparison.Ordinal)}`.x", $"extension('{quoted}').value.ofType(string)", "%c" };
        foreach (var path in paths)
        {
            var json = JsonSerializer.Serialize(new
            {
                resource = "Patient",
                constant = new[] { new { name = "c", valueString = text } },
                select = new[] { new { column = new[] { new { name = "a", path } } } },
            });
            var sql = Compile(json).Sql;
            Assert.DoesNotContain("{{ run", sql, StringComparison.Ordinal);
            Assert.DoesNotContain("{%", sql, StringComparison.Ordinal);
            Assert.DoesNotContain("<<", sql, StringComparison.Ordinal);
            Assert.DoesNotContain("drop table", Outside(sql), StringComparison.Ordinal);
            Assert.DoesNotContain("pg_sleep", Outside(sql), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_raw_table_is_scanned_once_whatever_the_view_is()
    {
        var sql = Compile("""
            {"resource":"Patient","where":[{"path":"active"}],"select":[{"column":[{"name":"id","path":"id"}]},{"forEach":"name","column":[{"name":"family","path":"family"}],
             "unionAll":[{"forEach":"given","column":[{"name":"g","path":"$this"}]},{"column":[{"name":"g","path":"family"}]}]},{"repeat":["contact"],"column":[{"name":"x","path":"%rowIndex"}]}]}
            """).Sql;
        Assert.Equal(2, sql.Split("raw as r").Length);
    }

    [Fact]
    public void Columns_have_the_types_of_the_specification_and_numbers_are_exact()
    {
        var columns = Compile("""
            {"resource":"Observation","select":[{"column":[{"name":"a","path":"active","type":"boolean"},{"name":"b","path":"x","type":"decimal"},{"name":"c","path":"issued","type":"instant"},
             {"name":"d","path":"x","type":"date"},{"name":"e","path":"x","type":"integer64"},{"name":"f","path":"x","type":"CodeableConcept"},{"name":"g","path":"x","type":"string","collection":true},
             {"name":"h","path":"x.exists()"},{"name":"i","path":"x","tag":[{"name":"ansi/type","value":"decimal(10, 2)"}]},{"name":"j","path":"x","type":"http://hl7.org/fhir/StructureDefinition/positiveInt"}]}]}
            """).Columns;
        Assert.Equal(["boolean", "numeric", "timestamptz", "text", "bigint", "jsonb", "text[]", "boolean", "numeric(10, 2)", "integer"], columns.Select(column => column.Type));
    }

    private static CompiledView Compile(string json) => ViewCompiler.Compile(ViewDefinitions.Read(Encoding.UTF8.GetBytes(json), "v.json"), new ViewTable("raw"), ColumnForm.Table);

    /// <summary>The SQL without its literals.</summary>
    private static string Outside(string sql) => System.Text.RegularExpressions.Regex.Replace(sql, @"E'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'", "''");
}
