using Tributary.Core.Metrics;

namespace Tributary.Tests.Metrics;

public sealed class MetricExpressionTests
{
    [Theory, Requirement("E33")]
    [InlineData("count(*)", "")]
    [InlineData("count(distinct patient_id)", "patient_id")]
    [InlineData("COUNT(DISTINCT Patient_Id) FILTER (WHERE status = 'done' AND \"Odd Name\" IS NOT NULL)", "patient_id status Odd Name")]
    [InlineData("100.0 * sum(case when a > 1 then 1 else 0 end) / nullif(count(b), 0)", "a b")]
    [InlineData("avg(extract(epoch from ended_at - started_at) / 60)", "ended_at started_at")]
    [InlineData("percentile_cont(0.5) within group (order by minutes desc nulls last)", "minutes")]
    [InlineData("sum(amount::numeric(10, 2)) + sum(cast(other as double precision))", "amount other")]
    [InlineData("count(*) filter (where seen >= date '2025-01-01' and seen < {{ as_of }} and note ~ 'a;--b/*''')", "seen note")]
    [InlineData("max(s.value - 1)", "value")]
    [InlineData("count(*) filter (where tags @> array['x'] and doc ->> 'k' is not distinct from other)", "tags doc other")]
    public void An_aggregate_over_columns_is_taken(string sql, string columns)
    {
        var expression = MetricExpression.Read(sql, isAggregate: true, out var wrong);

        Assert.Null(wrong);
        Assert.Equal(columns, string.Join(' ', expression!.Columns));
    }

    [Theory, Requirement("E33")]
    [InlineData("")]
    [InlineData("patient_id")]
    [InlineData("count(*); drop table x")]
    [InlineData("count(*) -- all")]
    [InlineData("count(*) /* all */")]
    [InlineData("count(*), count(a)")]
    [InlineData("count(*) as n")]
    [InlineData("count(*)) from x where (true")]
    [InlineData("count(*")]
    [InlineData("count(a[1)]")]
    [InlineData("(select count(*) from secrets)")]
    [InlineData("count(*) filter (where id in (values (1)))")]
    [InlineData("count(*) over ()")]
    [InlineData("max(pg_read_file('x'))")]
    [InlineData("max(query_to_xml('drop table x', true, true, ''))")]
    [InlineData("count(*) filter (where at > now())")]
    [InlineData("count(*) filter (where at > current_date)")]
    [InlineData("count($$x$$)")]
    [InlineData("count('open)")]
    [InlineData("count({{ ref('x') }})")]
    [InlineData("count({% raw %})")]
    public void Anything_else_is_refused(string sql) => Assert.Null(MetricExpression.Read(sql, isAggregate: true, out var wrong) is null ? null : wrong ?? "taken");

    [Theory]
    [InlineData("active", true)]
    [InlineData("not active or a between 1 and 2", true)]
    [InlineData("count(*) > 1", false)]
    [InlineData("a, b", false)]
    public void A_condition_has_no_aggregate(string sql, bool isTaken) => Assert.Equal(isTaken, MetricExpression.Read(sql, isAggregate: false, out _) is not null);
}
