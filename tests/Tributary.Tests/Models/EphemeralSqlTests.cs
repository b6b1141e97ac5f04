using Tributary.Core.Models.Compiling;

namespace Tributary.Tests.Models;

public sealed class EphemeralSqlTests
{
    [Theory]
    [InlineData("select 1", "with c as (\nx\n)\nselect 1")]
    [InlineData("with a as (select 1) select 2", "with c as (\nx\n), a as (select 1) select 2")]
    [InlineData("-- with a\n/* with /* b */ */ WITH a as (y) z", "-- with a\n/* with /* b */ */ with c as (\nx\n), a as (y) z")]
    [InlineData("with recursive a as (y) z", "with recursive c as (\nx\n), a as (y) z")]
    [InlineData("within", "with c as (\nx\n)\nwithin")]
    public void Expressions_come_before_the_querys_own(string sql, string expected) =>
        Assert.Equal(expected, EphemeralSql.Inject(sql, [("c", "x")]));
}
