using Tributary.Core.Runs;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Runs;

public sealed class AuditTests
{
    [Fact]
    [Requirement("X8")]
    public async Task Shows_where_the_chain_was_broken_and_refuses_to_be_changed_by_the_program_s_role()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var context = await TestRun.ContextAsync(warehouse);
        await using var connection = await warehouse.OpenAsync();
        foreach (var name in new[] { "one", "two", "three" })
            await Audit.AppendAsync(connection, context, new AuditEntry("someone", "export.delivered", new Dictionary<string, string> { ["name"] = name }), TestContext.Current.CancellationToken);

        Assert.Null(await Audit.VerifyAsync(connection, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => warehouse.ExecuteAsync("delete from tributary.audit"));

        await warehouse.ExecuteAsAdminAsync("alter table tributary.audit disable trigger all; update tributary.audit set detail = replace(detail, 'two', 'six')");
        Assert.Equal(2, await Audit.VerifyAsync(connection, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Many_writers_at_once_make_one_chain()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var context = await TestRun.ContextAsync(warehouse);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            await using var connection = await warehouse.OpenAsync();
            await Audit.AppendAsync(connection, context, new AuditEntry("someone", "test", new Dictionary<string, string> { ["i"] = $"{i}" }), TestContext.Current.CancellationToken);
        }));

        await using var reader = await warehouse.OpenAsync();
        Assert.Null(await Audit.VerifyAsync(reader, TestContext.Current.CancellationToken));
        Assert.Equal(8, await warehouse.ScalarAsync<long>("select count(*) from tributary.audit"));
    }
}
