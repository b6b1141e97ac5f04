using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Projects;

/// <summary>A warehouse is backed up, found again, restored beside and compared; what is broken is told.</summary>
[Requirement("C19", "C20", "X12")]
public sealed class BackupTests
{
    [Fact]
    public async Task A_backup_is_restored_into_an_empty_database_with_its_counts_and_positions()
    {
        await using var project = await SmallProject.CreateAsync("");
        project.Model("marts", "numbers", "select generate_series(1, 1000) as n");
        (await project.RunAsync("build")).Expect(0);
        await project.Warehouse.ExecuteAsync("insert into tributary.checkpoint (project, target, stream, load, position, updated_at) values ('small', 'dev', 'couch.medic', 7, '{\"seq\": \"42-abc\"}', now())");
        var place = project.At("backups");
        (await project.RunAsync("db", "backup", "--to", place)).Expect(0);
        await project.Warehouse.ExecuteAsync("update tributary.checkpoint set load = 8");
        (await project.RunAsync("db", "backup", "--to", place, "--keep", "2 newest")).Expect(0);
        var listed = (await project.RunAsync("db", "backups", "--from", place)).Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, listed.Length);

        var other = $"{project.Warehouse.Address.Database}_restored";
        await project.Warehouse.ExecuteAsAdminAsync($"create database {other} owner {project.Warehouse.Address.Username}");
        try
        {
            Assert.Contains("as they were backed up", (await project.RunAsync("db", "restore", "latest", "--from", place, "--into", other)).Expect(0).Output, StringComparison.Ordinal);
            var address = new Npgsql.NpgsqlConnectionStringBuilder(project.Warehouse.Address.ConnectionString) { Database = other, Pooling = false };
            await TestServer.ExecuteAsync(address, "do $$ begin assert (select count(*) from marts.numbers) = 1000 and (select load from tributary.checkpoint) = 8; end $$");
            Assert.Contains("TRB0224", (await project.RunAsync("db", "restore", "latest", "--from", place, "--into", other)).Expect(2).Errors, StringComparison.Ordinal);
            Assert.Contains("TRB0224", (await project.RunAsync("db", "restore", "latest", "--from", place, "--into", project.Warehouse.Address.Database!)).Expect(2).Errors, StringComparison.Ordinal);
        }
        finally
        {
            await project.Warehouse.ExecuteAsAdminAsync($"drop database {other} with (force)");
        }

        (await project.RunAsync("db", "backup", "--to", place, "--keep", "1 newest")).Expect(0);
        Assert.Equal(2, Directory.GetFiles(place).Length);
        (await project.RunAsync("db", "restore", "nothing", "--from", place, "--into", other)).Expect(2);
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_leaves_the_database_empty()
    {
        await using var project = await SmallProject.CreateAsync("");
        project.Model("marts", "numbers", "select generate_series(1, 100000) as n");
        (await project.RunAsync("build")).Expect(0);
        var place = project.At("backups");
        (await project.RunAsync("db", "backup", "--to", place)).Expect(0);
        var dump = Assert.Single(Directory.GetFiles(place, "*.dump"));
        await File.WriteAllBytesAsync(dump, (await File.ReadAllBytesAsync(dump, TestContext.Current.CancellationToken))[..^2000], TestContext.Current.CancellationToken);
        var other = $"{project.Warehouse.Address.Database}_damaged";
        await project.Warehouse.ExecuteAsAdminAsync($"create database {other} owner {project.Warehouse.Address.Username}");
        try
        {
            (await project.RunAsync("db", "restore", "latest", "--from", place, "--into", other)).Expect(2);
            var address = new Npgsql.NpgsqlConnectionStringBuilder(project.Warehouse.Address.ConnectionString) { Database = other, Pooling = false };
            await TestServer.ExecuteAsync(address, "do $$ begin assert to_regnamespace('marts') is null; end $$");
        }
        finally
        {
            await project.Warehouse.ExecuteAsAdminAsync($"drop database {other} with (force)");
        }
    }
}
