using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres;

public sealed class ServerCheckTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_owner_that_is_no_superuser_is_all_it_takes()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);

        Assert.Empty(await ServerCheck.RunAsync(warehouse.Database, Cancel));
    }

    [Fact]
    public async Task A_role_that_may_not_create_schemas_is_told_the_grant_and_the_grant_helps()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        var role = await warehouse.CreateRoleAsync("needy");
        await using var database = Database.At(new(warehouse.Address.ConnectionString) { Username = role }, "tests");

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => ServerCheck.RunAsync(database, Cancel));

        Assert.Equal(ErrorCodes.PrivilegeMissing, refused.Errors[0].Code);
        await warehouse.ExecuteAsAdminAsync(refused.Errors[0].Hint!.Split("run: ")[1]);
        Assert.Empty(await ServerCheck.RunAsync(database, Cancel));
        await warehouse.ExecuteAsAdminAsync($"revoke create on database \"{warehouse.Address.Database}\" from \"{role}\"");
    }

    [Fact]
    public async Task Control_schemas_that_are_there_already_are_enough()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var role = await warehouse.CreateRoleAsync("guest");
        await using var database = Database.At(new(warehouse.Address.ConnectionString) { Username = role }, "tests");
        await Assert.ThrowsAsync<UserErrorException>(() => ServerCheck.RunAsync(database, Cancel));

        await warehouse.ExecuteAsync($"grant usage, create on schema tributary, tributary_reject to \"{role}\"");

        Assert.Empty(await ServerCheck.RunAsync(database, Cancel));
        await warehouse.ExecuteAsync($"revoke all on schema tributary, tributary_reject from \"{role}\"");
    }

    [Fact]
    public async Task A_superuser_is_warned()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await using var database = Database.At(warehouse.AdminAddress, "tests");

        Assert.Contains("superuser", Assert.Single(await ServerCheck.RunAsync(database, Cancel)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password", "wrong")]
    [InlineData("Database", "no_such_database")]
    public async Task A_refused_login_is_the_users_to_mend(string key, string value)
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await using var database = Database.At(new NpgsqlConnectionStringBuilder(warehouse.Address.ConnectionString) { [key] = value }, "tests");

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => ServerCheck.RunAsync(database, Cancel));

        Assert.Equal(ErrorCodes.WarehouseUnreachable, refused.Errors[0].Code);
    }
}
