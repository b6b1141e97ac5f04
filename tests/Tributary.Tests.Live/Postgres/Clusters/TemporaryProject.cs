using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Postgres.Clusters;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres.Clusters;

/// <summary>A project folder and a state directory of its own; its cluster is stopped and both are deleted at the end.</summary>
internal sealed class TemporaryProject : IAsyncDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("tributary-cluster-");

    public TemporaryProject()
    {
        // The server's user must reach its data below.
        PrivateFile.SetMode(root.FullName, (UnixFileMode)0b111_001_001);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "tributary.yml"), "config_version: 1\nname: sample\n");
    }

    public string Folder => Path.Combine(root.FullName, "project");

    public string State => Path.Combine(root.FullName, "state");

    public PrivateCluster Cluster => Of(Folder);

    /// <summary>The folder of the cluster that belongs to <see cref="Folder"/> by its path.</summary>
    public ClusterFolder Files => new(Path.Combine(State, ClusterName.Of(Folder)));

    public string Pointer => ClusterPointer.PathIn(Folder);

    /// <summary>The environment of a child process that works in the same state directory.</summary>
    public Dictionary<string, string> Variables => variables ??= new() { [StateDirectory.Variable] = State };

    private Dictionary<string, string>? variables;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public PrivateCluster Of(string folder) => PrivateCluster.Of(folder, Environment);

    public string? Environment(string name) => name == StateDirectory.Variable ? State : null;

    public Task<NpgsqlConnectionStringBuilder> StartAsync() => Cluster.StartAsync(Cancel);

    public int Postmaster => Core.Postgres.Clusters.Postmaster.Find(Files) ?? throw new InvalidOperationException("The cluster does not run.");

    public static Task ExecuteAsync(NpgsqlConnectionStringBuilder address, string sql) => TestServer.ExecuteAsync(address, sql);

    public static async Task<T> ScalarAsync<T>(NpgsqlConnectionStringBuilder address, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var folder in Directory.Exists(State) ? Directory.GetDirectories(State) : [])
            await new ClusterServer(new ClusterFolder(folder), new(), TimeProvider.System).StopAsync(CancellationToken.None);
        root.Delete(recursive: true);
    }
}
