using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres;

public sealed class MigrationsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_database_gets_the_control_schema_once()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);

        Assert.Equal(Migration.All.Count, await Migrations.RunAsync(warehouse.Database, Cancel));
        Assert.Equal(0, await Migrations.RunAsync(warehouse.Database, Cancel));
        Assert.Equal(Migration.All.Count, await warehouse.ScalarAsync<long>("select count(*) from tributary.schema_version"));
    }

    [Fact]
    public async Task Processes_that_start_at_once_migrate_once()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var database = Database.At(warehouse.Address, "tests");
            return await Migrations.RunAsync(database, Cancel);
        }));

        Assert.Equal(Migration.All.Count, applied.Sum());
    }

    [Fact]
    public async Task A_step_that_arrives_behind_a_later_one_is_applied_all_the_same()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        Migration[] steps = [new(1, "first", "create table tributary.first (id int)"), new(3, "third", "create table tributary.third (id int)")];
        Assert.Equal(2, await Migrations.RunAsync(warehouse.Database, steps, Cancel));

        Assert.Equal(1, await Migrations.RunAsync(warehouse.Database, [steps[0], new(2, "second", "create table tributary.second (id int)"), steps[1]], Cancel));

        Assert.False(await warehouse.ScalarAsync<bool>("select to_regclass('tributary.second') is null"));
    }

    [Fact]
    public async Task An_older_program_refuses_a_newer_schema()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync("insert into tributary.schema_version (version, name, program_version) values (9999, 'later', '99')");

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => Migrations.RunAsync(warehouse.Database, Cancel));

        Assert.Equal(ErrorCodes.SchemaTooNew, refused.Errors[0].Code);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_steps_before_it_and_nothing_of_itself()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        Migration[] steps =
        [
            new(1, "first", "create table tributary.first (id int)"),
            new(2, "second", "create table tributary.second (id int); select 1 / 0"),
        ];

        await Assert.ThrowsAsync<PostgresException>(() => Migrations.RunAsync(warehouse.Database, steps, Cancel));

        Assert.Equal(1, await warehouse.ScalarAsync<int>("select max(version) from tributary.schema_version"));
        Assert.True(await warehouse.ScalarAsync<bool>("select to_regclass('tributary.second') is null"));
    }

    [Fact]
    public async Task Rejected_bytes_are_closed_to_other_roles()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var role = await warehouse.CreateRoleAsync();

        Assert.False(await warehouse.ScalarAsync<bool>("select has_schema_privilege($1, 'tributary_reject', 'usage')", role));
        Assert.False(await warehouse.ScalarAsync<bool>("select has_table_privilege($1, 'tributary_reject.reject', 'select')", role));
    }

    [Fact]
    public async Task The_audit_takes_new_rows_only()
    {
        await using var warehouse = await TestDatabase.CreateAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => warehouse.ExecuteAsync("truncate tributary.audit"));

        Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
    }
}
