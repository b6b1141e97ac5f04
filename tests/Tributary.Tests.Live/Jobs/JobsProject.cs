using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Jobs;

/// <summary>A small project with jobs, on a database of its own.</summary>
internal sealed class JobsProject : ExampleProject
{
    private JobsProject(DirectoryInfo folder, TestDatabase warehouse) : base(folder, warehouse)
    {
    }

    /// <summary>What a test adds to the environment.</summary>
    public Dictionary<string, string> Further { get; } = [];

    public override Dictionary<string, string> Environment => new(Further) { ["JOBS_TEST_PASSWORD"] = Warehouse.Address.Password! }; // the test server always has one

    /// <summary>With a macro that notes what it is given: <c>note(what)</c>.</summary>
    public static async Task<JobsProject> CreateAsync(string more = "")
    {
        var warehouse = await TestDatabase.CreateAsync();
        var project = new JobsProject(Directory.CreateTempSubdirectory("tributary-jobs-"), warehouse);
        project.Write("tributary.yml", $$"""
            config_version: 1
            name: jobs
            warehouse:
              host: {{warehouse.Address.Host}}
              port: {{warehouse.Address.Port}}
              database: {{warehouse.Address.Database}}
              user: {{warehouse.Address.Username}}
              password: ${JOBS_TEST_PASSWORD}
              schema: marts
            {{more}}
            """);
        project.Write("dbt_project.yml", "name: jobs\nversion: '1.0'\nconfig-version: 2\nprofile: jobs\n");
        project.Write("macros/note.sql", "{% macro note(what) %}{% do run_query(\"insert into public.noted values ('\" ~ what ~ \"')\") %}{% endmacro %}");
        await warehouse.ExecuteAsync("create table public.noted (what text, at timestamptz default clock_timestamp())");
        return project;
    }

    public Task<string[]> NotedAsync() => Warehouse.LinesAsync("select what from public.noted order by at, what");

    public Task<string[]> RunsAsync() => Warehouse.LinesAsync("select job, state, coalesce(because, '') from tributary.job_run order by job_run_id");
}
