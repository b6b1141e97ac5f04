using System.Text.RegularExpressions;
using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Docs;

/// <summary>The statements of <c>docs/warehouse.md</c> do what the page says.</summary>
public sealed partial class WarehouseGrantsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_statements_of_the_page_give_each_role_what_it_needs()
    {
        await using var other = await TestDatabase.CreateAsync(migrated: false);
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "warehouse.md"), Cancel);
        var blocks = Blocks().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(3, blocks.Count);
        var names = new Dictionary<string, string>
        {
            ["change-me"] = other.Address.Password!,
            ["warehouse"] = $"{other.Address.Database}_warehouse",
            ["engage"] = $"{other.Address.Database}_engage",
            ["analyst"] = await other.CreateRoleAsync("analyst"),
        };
        try
        {
            await ProveOwnDatabaseAsync(other, blocks, names);
            await ProveSharedDatabaseAsync(other, blocks[1], names);
        }
        finally
        {
            await other.ExecuteAsAdminAsync($"drop database if exists {names["warehouse"]} with (force)");
            await other.ExecuteAsAdminAsync($"drop owned by {names["engage"]}, {names["analyst"]}");
            await other.ExecuteAsAdminAsync($"drop role {names["engage"]}");
        }
    }

    private static async Task ProveOwnDatabaseAsync(TestDatabase other, List<string> blocks, Dictionary<string, string> names)
    {
        // One statement at a time, as psql sends them: create database runs in no transaction.
        foreach (var statement in Named(blocks[0], names).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            await other.ExecuteAsAdminAsync(statement);
        var address = AddressOf(other, names["warehouse"], names["engage"]);
        await ProveItServesAsync(address);

        await TestServer.ExecuteAsync(address, "create schema engage_analytics; create table engage_analytics.mart as select 1 as id");
        await TestServer.ExecuteAsync(address, Named(blocks[2], names));
        await TestServer.ExecuteAsync(address, "create table engage_analytics.later as select 1 as id");
        var reader = AddressOf(other, names["warehouse"], names["analyst"]);
        await TestServer.ExecuteAsync(reader, "select * from engage_analytics.mart, engage_analytics.later");
        await Assert.ThrowsAsync<PostgresException>(() => TestServer.ExecuteAsync(reader, "select * from tributary_reject.reject"));
    }

    private static async Task ProveSharedDatabaseAsync(TestDatabase other, string block, Dictionary<string, string> names)
    {
        await other.ExecuteAsync("create schema airbyte; create table airbyte.patient as select 1 as id");
        await other.ExecuteAsync(Named(block, new(names) { ["warehouse"] = other.Address.Database! }));
        await other.ExecuteAsync("create table airbyte.encounter as select 1 as id");

        var address = AddressOf(other, other.Address.Database!, names["engage"]);
        await ProveItServesAsync(address);
        await TestServer.ExecuteAsync(address, "select * from airbyte.patient, airbyte.encounter");
    }

    private static async Task ProveItServesAsync(NpgsqlConnectionStringBuilder address)
    {
        await using var database = Database.At(address, "tests");
        Assert.Empty(await ServerCheck.RunAsync(database, Cancel));
        Assert.NotEqual(0, await Migrations.RunAsync(database, Cancel));
    }

    private static NpgsqlConnectionStringBuilder AddressOf(TestDatabase other, string database, string role) =>
        new(other.Address.ConnectionString) { Database = database, Username = role, Pooling = false };

    private static string Named(string sql, Dictionary<string, string> names) =>
        names.Aggregate(sql, (text, name) => Regex.Replace(text, $@"(?<!\w){name.Key}(?!\w)", name.Value));

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
