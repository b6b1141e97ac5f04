using Tributary.Cli.Commands;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;

namespace Tributary.Cli.Views;

/// <summary>Where a view runs alone: the warehouse of the project in the folder; without a project, a private cluster of the user's own.</summary>
internal static class ViewWarehouse
{
    public static async Task<Database> OpenAsync(Invocation invocation, CancellationToken cancel)
    {
        var database = Database.At(await AddressAsync(invocation, cancel), "tributary fhir");
        await Warehouse.CheckAsync(database, invocation.Log, cancel);
        return database;
    }

    private static async Task<Npgsql.NpgsqlConnectionStringBuilder> AddressAsync(Invocation invocation, CancellationToken cancel)
    {
        var folder = invocation.ProjectFolder;
        if (File.Exists(Path.Combine(folder, "tributary.yml")))
        {
            var request = new ProjectRequest(folder, invocation.Environment, invocation.Kinds) { Target = invocation.Target };
            return await Warehouse.AddressAsync(folder, Warehouse.Target(request).Warehouse, cancel);
        }
        if (File.Exists(Path.Combine(folder, "dbt_project.yml")))
            return await Warehouse.AddressAsync(folder, (await RunVerb.LoadAsync(invocation, vars: null, cancel)).Target.Warehouse, cancel);
        var own = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "tributary", "views");
        Directory.CreateDirectory(own);
        return await PrivateCluster.Of(own).StartAsync(cancel);
    }
}
