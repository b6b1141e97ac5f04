using Tributary.Core.Fhir.Paths;
using Tributary.Core.Fhir.Paths.Sql;

namespace Tributary.Tests.Fhir.Paths;

public sealed class PathParserTests
{
    [Theory]
    [InlineData("name.where(use = 'a'", 20, "expected ')'")]
    [InlineData("name..family", 5, "expected the name of an element")]
    [InlineData("@@", 0, "Expected a date")]
    [InlineData("a and", 5, "the end of the expression")]
    [InlineData("'open", 0, "never ends")]
    [InlineData("a # b", 2, "means nothing")]
    [InlineData("a b", 2, "expected an operator")]
    [InlineData("name[", 5, "the end of the expression")]
    [InlineData("% ", 0, "Expected a name after '%'")]
    [InlineData(@"'\q'", 1, "escape")]
    public void A_syntax_error_names_its_place_and_what_was_expected(string text, int offset, string message)
    {
        var wrong = Assert.Throws<PathException>(() => PathParser.Parse(text));
        Assert.Equal(offset, wrong.Offset);
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name.frist()", 5, "first")]
    [InlineData("name.where(use = %usee)", 17, "%")]
    [InlineData("name.where()", 5, "")]
    [InlineData("1 + 'a' * 2", 4, "")]
    [InlineData("now()", 0, "")]
    [InlineData("$index", 0, "")]
    public void An_error_of_meaning_names_its_place(string text, int offset, string hint)
    {
        var wrong = Assert.Throws<PathException>(() => PathCompiler.Compile(text, Scope()));
        Assert.Equal(offset, wrong.Offset);
        if (hint.Length > 1) Assert.Contains(hint, wrong.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Operators_bind_as_the_specification_orders_them()
    {
        var or = Assert.IsType<PathNode.Binary>(PathParser.Parse("a = 1 + 2 * -b and c | d in e or f implies g"));
        Assert.Equal("implies", or.Operator);
        var and = Assert.IsType<PathNode.Binary>(Assert.IsType<PathNode.Binary>(or.Left).Left);
        Assert.Equal("and", and.Operator);
        var sum = Assert.IsType<PathNode.Binary>(Assert.IsType<PathNode.Binary>(and.Left).Right);
        Assert.Equal("+", sum.Operator);
        Assert.Equal("in", Assert.IsType<PathNode.Binary>(and.Right).Operator);
    }

    [Fact]
    public void Any_text_is_parsed_or_refused_with_a_place_within_it()
    {
        var chance = new Random(3);
        string[] parts = ["name", ".", "(", ")", "[", "]", "'a'", "\"", "'", "`", "%x", "@2020", "@T10", "1", "1.5", "and", "or", "=", "!=", "is", "{", "}", "$this", "where(", "exists()",
            "first()", " ", "\\", "-", "/*", "//", "é", "\0", "🙂", "ofType(", "Quantity", ",", "|", "div", "iif(", "days", "~", "&"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(1, 25)).Select(_ => parts[chance.Next(parts.Length)]));
            try
            {
                PathCompiler.Compile(text, Scope());
            }
            catch (PathException wrong)
            {
                Assert.InRange(wrong.Offset, 0, text.Length);
            }
        }
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("-", 15_000)]
    [InlineData("a.", 9_000)]
    [InlineData("a.where(", 2_000)]
    [InlineData("not(", 5_000)]
    [InlineData("a + ", 4_000)]
    public void Depth_and_length_are_bounded(string part, int count) =>
        Assert.Throws<PathException>(() => PathCompiler.Compile(string.Concat(Enumerable.Repeat(part, count)), Scope()));

    [Fact]
    public void Sql_grows_with_the_expression_and_not_faster()
    {
        var text = "name" + string.Concat(Enumerable.Repeat(".where(given.count() > 1 + given.count()).first()", 12));
        var value = PathCompiler.Compile(text + ".family", Scope());
        Assert.InRange(Reads.Text(value, new SqlNames()).Length, 100, 12_000);
    }

    private static PathScope Scope() => PathScope.Root("r.resource", "Patient", new SqlNames());
}
