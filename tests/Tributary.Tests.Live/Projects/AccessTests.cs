using Npgsql;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Projects;

/// <summary>The declared roles on a real server: what each may, what none may, and who makes logins.</summary>
public sealed class AccessTests
{
    private const string Password = "a password of the tests";

    [Fact]
    [Requirement("C11", "C12")]
    public async Task Roles_read_what_is_declared_and_a_build_keeps_it_so()
    {
        await using var world = await World.CreateAsync();
        var (project, analyst) = (world.Project, await world.LoginAsync("analyst"));
        await AssertAsync(analyst, "select * from marts.people", null);
        await AssertAsync(analyst, "select * from raw.people", "42501");
        await AssertAsync(analyst, "select * from tributary.run", "42501");
        await AssertAsync(analyst, "select * from tributary_reject.reject", "42501");
        await AssertAsync(analyst, "delete from marts.people", "42501");
        await AssertAsync(analyst, "create table marts.own (id int)", "42501");
        await AssertAsync(analyst, "create role someone", "42501");

        // New relations, rebuilt ones, and relations by name.
        project.Model("marts", "later", "select 1 as id");
        project.Model("marts", "people", "select 2 as id, 'a column more' as more");
        (await project.RunAsync("build")).Expect(0);
        await AssertAsync(analyst, "select * from marts.later, marts.people", null);
        var dashboard = await world.LoginAsync("dashboard");
        await AssertAsync(dashboard, "select * from marts.people", null);
        await AssertAsync(dashboard, "select * from marts.later", "42501");

        // What somebody gave by hand beside the declaration is taken at the next build.
        await project.Warehouse.ExecuteAsync($"grant usage on schema raw to {world.Name("analyst")}; grant select on raw.people to {world.Name("analyst")}; grant insert on marts.people to {world.Name("analyst")}");
        await AssertAsync(analyst, "select * from raw.people", null);
        Assert.Contains("grants changed", (await project.RunAsync("build")).Expect(0).Errors, StringComparison.Ordinal);
        await AssertAsync(analyst, "select * from raw.people", "42501");
        await AssertAsync(analyst, "insert into marts.people values (3)", "42501");

        // And what the declaration no longer says.
        project.Configure(world.Settings.Replace("read: [marts]", "read: []", StringComparison.Ordinal));
        (await project.RunAsync("build")).Expect(0);
        await AssertAsync(analyst, "select * from marts.people", "42501");
        project.Model("marts", "latest", "select 1 as id");
        (await project.RunAsync("build")).Expect(0);
        await AssertAsync(analyst, "select * from marts.latest", "42501");
        Assert.DoesNotContain("grants changed", (await project.RunAsync("build")).Expect(0).Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("C12")]
    public async Task Operators_see_health_and_neither_patients_nor_rejects()
    {
        await using var world = await World.CreateAsync();
        var login = await world.LoginAsync("operator");
        await AssertAsync(login, "select * from tributary.health, tributary.run", null);
        await AssertAsync(login, "select * from tributary_reject.reject", "42501");
        await AssertAsync(login, "select * from marts.people", "42501");
        await AssertAsync(login, "update tributary.checkpoint set load = 0", "42501");
    }

    [Fact]
    [Requirement("C12")]
    public async Task A_partner_makes_expires_and_drops_logins_and_nothing_else()
    {
        await using var world = await World.CreateAsync();
        var partner = await world.LoginAsync("partner");
        var login = world.Name("ana");
        string Create(string name, string role, string ends = "now() + interval '30 days'", string password = Password) =>
            $"select tributary.create_login({Quoted(name)}, {Quoted(role)}, {Quoted(password)}, {ends})";

        await AssertAsync(partner, Create(login, world.Name("analyst")), null);
        world.Roles.Add(login);
        var made = world.Address(login, Password);
        await AssertAsync(made, "select * from marts.people", null);
        await AssertAsync(made, "select tributary.create_login('x', 'y', 'z', now())", "42501");
        Assert.Equal([$"{world.Name("analyst")}|{partner.Username}"], await AdminLinesAsync(world, $"select role_name, made_by from tributary_access.login where login_name = {Quoted(login)}"));

        // Roles that are not the partner's to give, names and ends that are none.
        foreach (var role in (string[])[world.Name("operator"), world.Name("partner"), "pg_execute_server_program", "tributary_access", world.Project.Warehouse.Address.Username!, "no_such_role"])
            await AssertAsync(partner, Create(world.Name("other"), role), "42501");
        foreach (var name in (string[])["Ana", "an", "pg_ana", "tributary_ana", "ana; drop table x", "ana\"", "ana\n", ""])
            await AssertAsync(partner, Create(name, world.Name("analyst")), "22023");
        foreach (var name in (string[])[login, "postgres", world.Project.Warehouse.AdminAddress.Username!, world.Name("analyst")])
            Assert.Contains(await StateAsync(partner, Create(name, world.Name("analyst"))), (string[])["42710", "22023"]);
        await AssertAsync(partner, Create(world.Name("other"), world.Name("analyst"), password: "short"), "28P01");
        foreach (var ends in (string[])["null", "now() - interval '1 day'", "'infinity'", "now() + interval '2 years'"])
            await AssertAsync(partner, Create(world.Name("other"), world.Name("analyst"), ends), "22023");

        // Logins that the functions did not make stay out of reach, and so do the tables behind them.
        foreach (var other in (string[])[world.Project.Warehouse.AdminAddress.Username!, partner.Username!, world.Project.Warehouse.Address.Username!, "no_such_login"])
        {
            await AssertAsync(partner, $"select tributary.expire_login({Quoted(other)})", "42501");
            await AssertAsync(partner, $"select tributary.drop_login({Quoted(other)})", "42501");
        }
        await AssertAsync(partner, "create role someone", "42501");
        await AssertAsync(partner, $"alter role {login} superuser", "42501");
        await AssertAsync(partner, "insert into tributary_access.role values ('x', 'y', '{}')", "42501");
        await AssertAsync(partner, "update tributary_access.login set role_name = 'pg_execute_server_program'", "42501");

        await AssertAsync(partner, $"select tributary.expire_login({Quoted(login)})", null);
        await AssertAsync(made, "select 1", "28P01");
        await AssertAsync(partner, $"select tributary.expire_login({Quoted(login)}, now() + interval '10 days')", null);
        await AssertAsync(made, "select 1", null);
        await AssertAsync(partner, $"select tributary.drop_login({Quoted(login)})", null);
        Assert.Empty(await AdminLinesAsync(world, $"select from pg_roles where rolname = {Quoted(login)}"));
        Assert.Equal(["created", "expired", "expired", "dropped"], await AdminLinesAsync(world, $"select action from tributary_access.login_event where login_name = {Quoted(login)} order by event_id"));
    }

    /// <summary>The role that models run as may write anything in its schemas, and cannot make itself more through the functions of partners.</summary>
    [Fact]
    [Requirement("C12")]
    public async Task The_warehouses_own_role_gains_nothing_by_the_functions()
    {
        await using var world = await World.CreateAsync();
        var warehouse = world.Project.Warehouse.Address;
        await AssertAsync(warehouse, "insert into tributary_access.role values ('x', 'y', '{pg_execute_server_program}')", "42501");
        await AssertAsync(warehouse, "create table tributary_access.role2 (id int)", "42501");
        await AssertAsync(warehouse, "create or replace function tributary.require_manager(wanted_role text) returns void language sql as 'select'", "42501");
        await AssertAsync(warehouse, $"select tributary.create_login('someone', {Quoted(world.Name("analyst"))}, {Quoted(Password)}, now() + interval '1 day')", "42501");
        Assert.Equal(["4|4"], await AdminLinesAsync(world, """
            select count(*), count(*) filter (where prosecdef and proconfig = '{"search_path=pg_catalog, pg_temp"}' and proowner = 'tributary_access'::regrole)
            from pg_proc where pronamespace = 'tributary'::regnamespace and proname in ('require_manager', 'create_login', 'expire_login', 'drop_login')
            """));
        Assert.Equal(["False|False|True"], await AdminLinesAsync(world, "select rolsuper, rolcanlogin, rolcreaterole from pg_roles where rolname = 'tributary_access'"));
    }

    [Fact]
    public async Task Roles_are_made_by_an_administrator_and_the_project_says_so()
    {
        await using var world = await World.CreateAsync();
        Assert.Contains("TRB0220", (await world.Project.RunAsync("access", "apply")).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains(world.Name("analyst"), (await world.Project.RunAsync("access", "show")).Expect(0).Output, StringComparison.Ordinal);
        world.Project.Configure(world.Settings.Replace(world.Name("analyst"), $"{world.Name("analyst")}_new", StringComparison.Ordinal));
        var build = (await world.Project.RunAsync("build")).Expect(0);
        Assert.Contains("TRB0221", build.Errors + build.Output, StringComparison.Ordinal);
        world.Project.Configure("access:\n  roles:\n    analyst: { name: pg_monitor }\n    partner: { manages: [nobody, partner] }");
        var refused = (await world.Project.RunAsync("check")).Expect(2).Errors;
        Assert.Contains("pg_monitor", refused, StringComparison.Ordinal);
        Assert.Contains("'nobody', which is not declared", refused, StringComparison.Ordinal);
        Assert.Contains("manages logins itself", refused, StringComparison.Ordinal);
    }

    private static async Task AssertAsync(NpgsqlConnectionStringBuilder address, string sql, string? refused)
    {
        var state = await StateAsync(address, sql);
        Assert.True(state == refused, $"{address.Username}: {sql}: {state ?? "went well"}, expected {refused ?? "to go well"}");
    }

    private static async Task<string?> StateAsync(NpgsqlConnectionStringBuilder address, string sql)
    {
        try
        {
            await TestServer.ExecuteAsync(address, sql);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    private static async Task<string[]> AdminLinesAsync(World world, string sql)
    {
        await using var admin = Core.Postgres.Database.At(world.Project.Warehouse.AdminAddress, "tests");
        await using var connection = await admin.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)));
        return [.. lines];
    }

    private static string Quoted(string text) => Core.Text.Identifier.Literal(text);

    /// <summary>A built project whose roles an administrator made; they are dropped with it.</summary>
    private sealed class World(SmallProject project, string settings) : IAsyncDisposable
    {
        public SmallProject Project => project;

        public string Settings => settings;

        public List<string> Roles { get; } = [];

        /// <summary>A role's name on the server, which other tests share.</summary>
        public string Name(string role) => $"{project.Warehouse.Address.Database}_{role}";

        public static async Task<World> CreateAsync()
        {
            var project = await SmallProject.CreateAsync("");
            string Named(string role) => $"{project.Warehouse.Address.Database}_{role}";
            var world = new World(project, $$"""
                access:
                  roles:
                    analyst: { read: [marts], name: {{Named("analyst")}} }
                    dashboard: { read: [marts.people], name: {{Named("dashboard")}} }
                    operator: { read: [tributary], name: {{Named("operator")}} }
                    partner: { manages: [analyst, dashboard], name: {{Named("partner")}} }
                """);
            project.Configure(world.Settings);
            project.Model("marts", "people", "select 1 as id");
            project.Write("models/raw_people.sql", "{{ config(materialized='table', schema='raw', alias='people') }} select 1 as id");
            (await project.RunAsync("build")).Expect(0);
            var script = (await project.RunAsync("access", "sql")).Expect(0).Output;
            for (var again = 0; again < 2; again++) await TestServer.ExecuteAsync(project.Warehouse.AdminAddress, script);
            (await project.RunAsync("build")).Expect(0);
            return world;
        }

        /// <summary>A login that is a member of a declared role.</summary>
        public async Task<NpgsqlConnectionStringBuilder> LoginAsync(string role)
        {
            var login = Name($"{role}_login");
            await project.Warehouse.ExecuteAsAdminAsync($"create role {login} login password '{Password}' in role {Name(role)}");
            Roles.Add(login);
            return Address(login, Password);
        }

        public NpgsqlConnectionStringBuilder Address(string login, string password) =>
            new(project.Warehouse.Address.ConnectionString) { Username = login, Password = password, Pooling = false };

        public async ValueTask DisposeAsync()
        {
            string[] all = [.. Roles, .. ((string[])["analyst", "dashboard", "operator", "partner", "other"]).Select(Name)];
            foreach (var role in all)
                await project.Warehouse.ExecuteAsAdminAsync($"do $$ begin if exists (select from pg_roles where rolname = '{role}') then drop owned by {role}; drop role {role}; end if; end $$");
            await project.Warehouse.ExecuteAsAdminAsync("drop owned by tributary_access");
            await project.DisposeAsync();
        }
    }
}
