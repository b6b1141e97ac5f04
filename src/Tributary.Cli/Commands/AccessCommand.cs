using System.CommandLine;
using Npgsql;
using Tributary.Cli.Output;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Projects.Access;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>access apply·sql·show</c>: the database roles that the project declares.</summary>
internal static class AccessCommand
{
    public static Command Create() => new("access", "Database roles: make them, print how, show who may what.")
    {
        new Command("apply", "Make the declared roles and the functions for partners' logins, and grant what they may read.").WithAction(ApplyAsync),
        new Command("sql", "Print what an administrator runs where the warehouse's role may make no roles: tributary access sql | psql …").WithAction(PrintAsync),
        new Command("show", "Show the roles, what each may read, and the logins that partners made.").WithAction(ShowAsync),
    };

    private static async Task<int> ApplyAsync(Invocation invocation, CancellationToken cancel)
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        var access = Declared(session.Project);
        var address = session.Project.Target.Warehouse is { } warehouse
            ? warehouse.ToAddress()
            : await PrivateCluster.Of(session.Project.Folder).AdminAsync(cancel);
        await using (var admin = Database.At(address, RunSession.SessionName(session.Context.RunId)))
        {
            await using var connection = await admin.OpenAsync(cancel);
            await RequireSuperuserAsync(connection, session.Project, cancel);
            await RunAsync(connection, AccessScript.Of(access, session.Context.Key), access, cancel);
        }
        var changes = await AccessGrants.KeepAsync(session.Context.Database, access, session.Project.File.Name, cancel);
        foreach (var (role, changed) in changes.OrderBy(change => change.Key, StringComparer.Ordinal))
            invocation.WriteLine(changed > 0 ? $"{role}: {Quantity.Count(changed.Value, "grant")} changed" : $"{role}: as declared");
        return 0;
    }

    private static async Task<int> PrintAsync(Invocation invocation, CancellationToken cancel)
    {
        var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
        invocation.WriteLine(AccessScript.Of(Declared(project), project.Key));
        return 0;
    }

    private static async Task<int> ShowAsync(Invocation invocation, CancellationToken cancel)
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        var access = Declared(session.Project);
        var table = await QueryTable.ReadAsync(session.Context.Database, Sql.Read("Projects/Access/show_access.sql"), [access.ToJson(session.Project.File.Name)], cancel);
        table.Print(invocation);
        return 0;
    }

    private static AccessConfig Declared(Project project) =>
        project.File.Access ?? throw new UserErrorException(ErrorCodes.MissingKey, project.File.At, "The project declares no roles.", "Write `access: {roles: …}` into tributary.yml; docs/access.md shows it.");

    private static async Task RequireSuperuserAsync(NpgsqlConnection connection, Project project, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select rolsuper from pg_roles where rolname = current_user", connection);
        if (await command.ExecuteScalarAsync(cancel) is true) return;
        throw new UserErrorException(ErrorCodes.AccessNeedsAdministrator, project.File.Access?.At, "The warehouse's role is no superuser, and so makes no roles.",
            "Let an administrator run what `tributary access sql` prints, connected to this database; from then on every build keeps the grants.");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string script, AccessConfig access, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(script, connection);
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.RaiseException)
        {
            throw new UserErrorException(ErrorCodes.InvalidValue, access.At, refused.MessageText, refused.Hint ?? "");
        }
    }
}
