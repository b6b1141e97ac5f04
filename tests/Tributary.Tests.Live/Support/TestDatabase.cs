using System.Globalization;
using Npgsql;
using Tributary.Core.Postgres;

namespace Tributary.Tests.Live.Support;

/// <summary>
/// A database of one's own, dropped at the end: <c>await using var warehouse = await TestDatabase.CreateAsync();</c>.
/// Sessions are those of a role that owns the database and is no superuser.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static int count;
    private readonly List<string> roles = [];

    private TestDatabase(NpgsqlConnectionStringBuilder address, NpgsqlConnectionStringBuilder adminAddress)
    {
        Address = address;
        AdminAddress = adminAddress;
        Database = Database.At(address, "tests");
    }

    /// <summary>Host, port, database, user and password for the program under test.</summary>
    public NpgsqlConnectionStringBuilder Address { get; }

    /// <summary>The same database as superuser: for roles, grants and looking at other sessions.</summary>
    public NpgsqlConnectionStringBuilder AdminAddress { get; }

    public Database Database { get; }

    /// <summary>With the control schema, unless <paramref name="migrated"/> is false.</summary>
    public static async Task<TestDatabase> CreateAsync(bool migrated = true)
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref count)}";
        var address = await TestServer.CreateDatabaseAsync(name, migrated);
        var admin = await TestServer.AdminAsync();
        admin.Database = name;
        return new TestDatabase(address, admin);
    }

    /// <summary>A session of its own; dispose it.</summary>
    public Task<NpgsqlConnection> OpenAsync() => Database.OpenAsync(TestContext.Current.CancellationToken);

    /// <summary>Runs one or more statements; values as <c>$1</c>, <c>$2</c> (one statement then).</summary>
    public async Task<int> ExecuteAsync(string sql, params object?[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>As superuser, in this database.</summary>
    public Task ExecuteAsAdminAsync(string sql) => TestServer.ExecuteAsync(AdminAddress, sql);

    /// <summary>The first value of the first row; default when there is no row or it is NULL.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object?[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync() is T found ? found : default;
    }

    /// <summary>Every row as an array of .NET values (null for NULL).</summary>
    public async Task<IReadOnlyList<object?[]>> RowsAsync(string sql, params object?[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>Every row as one line for a short assertion: values joined by <c>|</c>, NULL as <c>∅</c>.</summary>
    public async Task<string[]> LinesAsync(string sql, params object?[] values) =>
        [.. (await RowsAsync(sql, values)).Select(row => string.Join('|', row.Select(Show)))];

    /// <summary>A new role that may log in with the password of <see cref="Address"/>; dropped with the database.</summary>
    public async Task<string> CreateRoleAsync(string suffix = "reader")
    {
        var role = $"{Address.Database}_{suffix}";
        await ExecuteAsAdminAsync($"""create role "{role}" login password '{Address.Password}'""");
        roles.Add(role);
        return role;
    }

    private static string Show(object? value) => value switch
    {
        null => "∅",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        var server = await TestServer.AdminAsync();
        await TestServer.ExecuteAsync(server, $"""drop database if exists "{Address.Database}" with (force)""");
        foreach (var role in roles) await TestServer.ExecuteAsync(server, $"""drop role if exists "{role}" """);
    }
}
