using Microsoft.Extensions.Logging;
using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Projects;

/// <summary>The PostgreSQL that a project works in: the one that its target names, or a private cluster.</summary>
public static partial class Warehouse
{
    /// <summary>Starts the private cluster when <paramref name="warehouse"/> is null; otherwise touches nothing.</summary>
    public static async Task<NpgsqlConnectionStringBuilder> AddressAsync(string folder, WarehouseConfig? warehouse, CancellationToken cancel) =>
        warehouse?.ToAddress() ?? await PrivateCluster.Of(folder).StartAsync(cancel);

    /// <summary>
    /// Checks version and privileges before anything runs, then brings the control schema up to date. Throws what
    /// <see cref="ServerCheck"/> and <see cref="Migrations"/> throw; warnings are logged.
    /// </summary>
    public static async Task PrepareAsync(Database database, ILogger logger, CancellationToken cancel)
    {
        await CheckAsync(database, logger, cancel);
        await Migrations.RunAsync(database, cancel);
    }

    /// <summary>Version and privileges alone, for a plain dbt project, which gets no control schema.</summary>
    public static async Task CheckAsync(Database database, ILogger logger, CancellationToken cancel) => Warn(logger, await ServerCheck.RunAsync(database, cancel));

    /// <summary>Says what a check of the server had to say.</summary>
    public static void Warn(ILogger logger, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings) Warn(logger, warning);
    }

    /// <summary>The target of <c>tributary.yml</c> alone, for verbs that need the warehouse though another file of the project is wrong.</summary>
    public static TargetChoice Target(ProjectRequest request)
    {
        var path = Path.Combine(request.Folder, "tributary.yml");
        if (!File.Exists(path))
            throw new UserErrorException(ErrorCodes.FileMissing, new SourcePosition("tributary.yml"), $"There is no tributary.yml in {request.Folder}.",
                "Give the project's folder with --project DIR, or make one with `tributary init DIR`.");
        var problems = new Problems();
        var file = new Definitions(request.Folder, new Binder(request.Environment, request.Kinds), problems).ReadFile<TributaryFile>(path, "tributary.yml", "tributary");
        problems.ThrowIfAny();
        return TargetChoice.Of(file ?? throw new InvalidOperationException("No file and no problem."), request.Target);
    }

    [LoggerMessage(EventId = 201, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void Warn(ILogger logger, string warning);
}
