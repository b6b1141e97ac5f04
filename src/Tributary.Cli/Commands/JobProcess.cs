using System.Globalization;
using Npgsql;
using Tributary.Cli.Output;
using Tributary.Core.Jobs;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Runs.Queue;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary>This process as one that works on jobs: its sessions to the queue, its name as a holder, how it reads the project.</summary>
internal sealed class JobProcess : IAsyncDisposable
{
    private readonly Invocation invocation;
    private readonly Database database;
    private readonly RunOutput output;
    private string stamp;

    private JobProcess(Invocation invocation, Project project, Database database)
    {
        this.invocation = invocation;
        this.database = database;
        Project = project;
        Queue = new JobQueue(database, project.Key);
        Holder = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName} {Environment.ProcessId} {RunId.New(invocation.Clock)[..12]}");
        output = new RunOutput(invocation.Errors, invocation.Clock);
        stamp = Stamp();
    }

    /// <summary>As it was read last.</summary>
    public Project Project { get; private set; }

    public JobQueue Queue { get; }

    public Database Database => database;

    /// <summary>Machine, process and a piece that no later process of that number has.</summary>
    public string Holder { get; }

    /// <summary>Opens the warehouse, migrated.</summary>
    public static async Task<JobProcess> OpenAsync(Invocation invocation, CancellationToken cancel)
    {
        var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
        if (!project.HasControl) throw new UserErrorException(ErrorCodes.NotSupported, null, "A plain dbt project has no jobs.", "Add a tributary.yml.");
        var address = await Warehouse.AddressAsync(project.Folder, project.Target.Warehouse, cancel);
        address = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Options = $"{address.Options} {JobQueue.SessionOption}".Trim() };
        var database = Database.At(address, $"tributary queue {Environment.ProcessId}");
        try
        {
            await Warehouse.PrepareAsync(database, invocation.Log, cancel);
            return new JobProcess(invocation, project, database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The work on steps as this process does it.</summary>
    public StepWork Work()
    {
        var watch = new RunWatch(invocation.Clock, invocation.Log, output, output) { Print = invocation.Print, Say = invocation.Say };
        return new StepWork(new StepTools(Queue, database, watch, invocation.Environment, RunVerb.ProgramVersion, LoadAsync));
    }

    /// <summary>Reads the project anew when a file that says what jobs there are changed. One that is wrong is said, and the last good one holds.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        if (Stamp() is var now && now == stamp) return;
        stamp = now;
        try
        {
            Project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
        }
        catch (UserErrorException wrong)
        {
            foreach (var error in wrong.Errors) invocation.Complain(error.ToString());
        }
    }

    /// <summary>Changes with each of these files.</summary>
    private string Stamp()
    {
        var jobs = new DirectoryInfo(Path.Combine(Project.Folder, "jobs"));
        var files = (jobs.Exists ? jobs.GetFiles() : []).Concat([new FileInfo(Path.Combine(Project.Folder, "tributary.yml")), new FileInfo(Path.Combine(Project.Folder, SettingsFile.Name))]);
        return string.Join('|', files.Where(file => file.Exists).OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
    }

    /// <summary>The project's files as they are now, read with these variables.</summary>
    public async Task<Project> LoadAsync(IReadOnlyDictionary<string, object?> vars, CancellationToken cancel)
    {
        var project = await RunVerb.LoadWithAsync(invocation, vars, cancel);
        if (vars.Count == 0) Project = project;
        return project;
    }

    /// <summary>On, or why runs of the job are recorded as disabled.</summary>
    public async Task<string?> DisabledAsync(Job job, CancellationToken cancel) => await SwitchState.OffAsync(job, Project, database, invocation.Environment, cancel);

    public async ValueTask DisposeAsync()
    {
        output.Dispose();
        await database.DisposeAsync();
    }
}
