using Tributary.Core.Ingest.Queries;

namespace Tributary.Tests.Ingest;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData("select :a", "select <a>")]
    [InlineData("select x::date, :a_1 :b;  ", "select x::date, <a_1> <b>")]
    [InlineData("select ':a', \":a\", e'\\':a', '' ':a' -- :a\n, :b /* :a /* :a */ :a */", "select ':a', \":a\", e'\\':a', '' ':a' -- :a\n, <b> /* :a /* :a */ :a */")]
    [InlineData("select 'it''s :a', $$ :a $$, $t$ $$ :a $t$, :b", "select 'it''s :a', $$ :a $$, $t$ $$ :a $t$, <b>")]
    [InlineData("select '\\', :a", "select '\\', <a>")]
    [InlineData("select a[1 : 2], a :: int, $1, x$y$, :9, :", "select a[1 : 2], a :: int, $1, x$y$, :9, :")]
    [InlineData("select ':a", "select ':a")]
    [InlineData("select /* :a", "select /* :a")]
    [InlineData("", "")]
    public void Places_are_found_outside_of_quotes_and_comments(string sql, string filled) =>
        Assert.Equal(filled, QueryText.Parse(sql).Fill(name => $"<{name}>"));

    [Fact]
    public void Names_are_listed_once() => Assert.Equal(["a", "b"], QueryText.Parse("select :a, :b, :a").Names);
}
