using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres;

public sealed class DatabaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_have_the_settings_that_the_promises_need()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await using var database = Database.At(warehouse.Address, "tributary run 0199");
        await using var connection = await database.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(
            "select current_setting('TimeZone') || ' ' || current_setting('client_connection_check_interval') || ' ' || current_setting('application_name')", connection);

        Assert.Equal("UTC 1s tributary run 0199", await command.ExecuteScalarAsync(Cancel));
        Assert.Equal(0, command.CommandTimeout);
    }

    [Fact]
    public async Task Sessions_opened_ahead_wait_and_one_that_cannot_be_opened_is_no_error_yet()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await using var database = Database.At(warehouse.Address, "tributary ahead");
        await database.OpenAheadAsync(3, Cancel);
        await using var connection = await database.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("select count(*) between 1 and 3 from pg_stat_activity where application_name = 'tributary ahead' and datname = current_database()", connection);
        Assert.Equal(true, await command.ExecuteScalarAsync(Cancel));

        await using var nowhere = Database.At(new NpgsqlConnectionStringBuilder(warehouse.Address.ConnectionString) { Port = 1, Timeout = 5 }, "tributary ahead");
        await nowhere.OpenAheadAsync(2, Cancel);
        await Assert.ThrowsAsync<TransientException>(() => nowhere.OpenAsync(Cancel));
    }

    [Fact]
    public async Task A_cancelled_token_ends_the_statement_on_the_server()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await using var connection = await warehouse.OpenAsync();
        using var stop = new CancellationTokenSource();
        await using var command = new NpgsqlCommand("select pg_sleep(3600)", connection);
        var sleeping = command.ExecuteScalarAsync(stop.Token);
        await UntilAsync(warehouse, $"select count(*) = 1 from pg_stat_activity where pid = {connection.ProcessID} and state = 'active' and wait_event = 'PgSleep'");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
        await UntilAsync(warehouse, "select count(*) = 0 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");
    }

    [Theory]
    [InlineData("copy (select pg_sleep(3600)) to stdout")] // before the first byte
    [InlineData("copy (select repeat('x', 1000), pg_sleep(case when i > 500 then 3600 else 0 end) from generate_series(1, 1000) i) to stdout")]
    public async Task A_cancelled_copy_leaves_nothing_running(string copy)
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await using var connection = await warehouse.OpenAsync();
        using var stop = new CancellationTokenSource();
        var reading = ReadAllAsync(connection, copy, stop.Token);
        await UntilAsync(warehouse, $"select count(*) = 1 from pg_stat_activity where pid = {connection.ProcessID} and wait_event = 'PgSleep'");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await UntilAsync(warehouse, "select count(*) = 0 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");
    }

    private static async Task ReadAllAsync(NpgsqlConnection connection, string copy, CancellationToken cancel)
    {
        await using var rows = await CopyOut.OpenAsync(connection, copy, cancel);
        await rows.CopyToAsync(Stream.Null, cancel);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_transient()
    {
        await using var database = Database.At(new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = 1, Username = "x", Password = "x" }, "tests");

        await Assert.ThrowsAsync<TransientException>(() => database.OpenAsync(Cancel));
    }

    [Theory]
    [InlineData("select 'Jane Roe'::int", "22P02", "Jane")]
    [InlineData("select jsonb '{\"name\": Jane}'", "22P02", "Jane")]
    [InlineData("insert into patient values ('Jane Roe'), ('Jane Roe')", "23505", "Jane")]
    [InlineData("insert into patient values (null)", "23502", "Jane")]
    [InlineData("do $$ begin raise exception 'bad value \"Jane Roe\"'; end $$", "P0001", "Jane")]
    public async Task What_the_server_says_is_shown_without_values(string sql, string state, string value)
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("create table patient (name text primary key)");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => warehouse.ExecuteAsync(sql));
        var error = DatabaseError.From(refused, sql);

        Assert.Equal((state, false), (error.SqlState, error.IsTransient));
        Assert.DoesNotContain(value, $"{error}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_place_of_an_error_is_a_line_and_a_column_of_the_statement()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        const string sql = "select 'é𝄞' as x,\n       nonsense\nfrom pg_class";

        var refused = await Assert.ThrowsAsync<PostgresException>(() => warehouse.ExecuteAsync(sql));

        var error = DatabaseError.From(refused, sql);
        Assert.Equal((2, 8, "column \"nonsense\" does not exist"), (error.Line, error.Column, error.Message));
    }

    private static async Task UntilAsync(TestDatabase warehouse, string question)
    {
        while (!await warehouse.ScalarAsync<bool>(question)) await Task.Yield();
    }
}
