using Tributary.Core.Text;

namespace Tributary.Tests.Text;

public sealed class SqlTemplateTests
{
    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("{\"a\": 1}", "'{\"a\": 1}'")]
    [InlineData("{{ x }}", @"E'\x7b\x7b x }}'")]
    [InlineData("{% \\ %}", @"E'\x7b% \\ %}'")]
    [InlineData("<<x>>", @"E'\x3c\x3cx>>'")]
    public void A_literal_opens_no_template(string text, string literal) => Assert.Equal(literal, SqlTemplate.Literal(text));

    [Fact]
    public void Every_place_needs_its_part_and_every_part_its_place()
    {
        Assert.Throws<ArgumentException>(() => SqlTemplate.Fill("Fhir/wide_table.sql", ("long_table", "'x'")));
        Assert.Throws<ArgumentException>(() => SqlTemplate.Fill("Fhir/wide_table.sql", ("nowhere", "'x'")));
    }
}
