using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>Whether a warehouse is one that Tributary can work in: asked before anything else runs, by one query.</summary>
public static class ServerCheck
{
    private const int VersionsOfMajor = 10_000;

    /// <summary>
    /// Returns warnings. Throws <see cref="UserErrorException"/>: TRB0201 the login is refused, TRB0205 older than PostgreSQL 15,
    /// TRB0203 a privilege is missing (with the statement to run), TRB0211 a standby or not UTF-8; <see cref="TransientException"/>
    /// when the server cannot be reached.
    /// </summary>
    public static Task<IReadOnlyList<string>> RunAsync(Database database, CancellationToken cancel) => Task.Run(() => Run(database), cancel).WaitAsync(cancel);

    /// <summary>The same on the caller's thread.</summary>
    public static IReadOnlyList<string> Run(Database database)
    {
        var facts = Read(database);
        var problems = Problems(facts).ToList();
        return problems.Count == 0 ? [.. Warnings(facts)] : throw new UserErrorException(problems);
    }

    internal static IEnumerable<UserError> Problems(ServerFacts facts)
    {
        if (facts.Version < PostgresBinaries.OldestMajor * VersionsOfMajor)
            yield return new UserError(ErrorCodes.ServerTooOld, null,
                $"The warehouse is PostgreSQL {facts.Version / VersionsOfMajor}; version {PostgresBinaries.OldestMajor} or later is needed.",
                "Upgrade the server, or point `warehouse:` at a newer one.");
        if (facts.IsStandby)
            yield return new UserError(ErrorCodes.ServerUnsuitable, null, "The warehouse is a standby, which takes no changes.", "Point `warehouse:` at the primary server.");
        if (facts.Encoding != "UTF8")
            yield return new UserError(ErrorCodes.ServerUnsuitable, null, $"The database {facts.Database} stores {facts.Encoding}, not UTF8.",
                "Create a database with `encoding 'UTF8' template template0`, and name it under `warehouse:`.");
        if (!facts.MayCreate && !facts.HasControlSchemas)
            yield return new UserError(ErrorCodes.PrivilegeMissing, null, $"The role {facts.Role} may not create schemas in the database {facts.Database}.",
                $"As the database's owner, run: grant create on database {Identifier.Quote(facts.Database)} to {Identifier.Quote(facts.Role)};");
    }

    internal static IEnumerable<string> Warnings(ServerFacts facts)
    {
        if (facts.IsSuperuser) yield return $"The role {facts.Role} is a superuser: a faulty model could change anything on this server. A role that owns the schemas is enough.";
    }

    private static ServerFacts Read(Database database)
    {
        try
        {
            using var connection = database.Open();
            using var command = new NpgsqlCommand(Sql.Read("Postgres/check_server.sql"), connection);
            using var row = command.ExecuteReader();
            row.Read();
            return new ServerFacts(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6), row.GetString(7));
        }
        catch (PostgresException refused) when (IsLogin(refused))
        {
            throw new UserErrorException(ErrorCodes.WarehouseUnreachable, null, $"The warehouse refuses the login: {refused.MessageText}.",
                "Check host, database, user and password under `warehouse:`, and the variables that it uses.");
        }
    }

    /// <summary>Class 28: authorization; 3D000: there is no such database; 42501: no privilege to connect.</summary>
    private static bool IsLogin(PostgresException error) =>
        error.SqlState.StartsWith("28", StringComparison.Ordinal)
        || error.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege;
}
