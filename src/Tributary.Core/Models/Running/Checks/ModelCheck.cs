using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running.Checks;

/// <summary>
/// Lets the server read the SQL of every model, snapshot and test without building anything: each becomes a temporary view over those
/// of what it reads, in one transaction that is rolled back. So a column that is missing, or of another type, shows before a run.
/// </summary>
internal sealed class ModelCheck(ModelWorkshop workshop, RunContext run, NpgsqlConnection connection, CancellationToken cancel)
{
    private const string Savepoint = "tributary_check";
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "view", "table", "incremental", "materialized_view", "snapshot", "seed", "test" };

    private readonly WarehouseSession session = new(new Lazy<NpgsqlConnection>(connection), workshop.Project.Settings.Target.Database, cancel) { Print = run.Print };
    private readonly CheckedRelations relations = new(connection, workshop.Project, cancel);
    private readonly List<UserError> errors = [];

    /// <summary>Everything that the server refuses, in the order of the graph; <paramref name="order"/> holds ids, each behind what it reads.</summary>
    public async Task<IReadOnlyList<UserError>> RunAsync(IEnumerable<string> order)
    {
        await ExecuteAsync("begin");
        try
        {
            foreach (var id in order)
            {
                if (workshop.Project.Find(id) is { } node && IsToCheck(node)) await CheckAsync(node);
            }
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open) await ExecuteAsync("rollback");
        }
        return errors;
    }

    /// <summary>Behind something that neither stands nor could be read, nothing is said.</summary>
    private static bool IsToCheck(ParsedNode node) =>
        !node.IsEphemeral && node.UnitTest is null && node.Kind != NodeKind.Operation && Known.Contains(node.Kind == NodeKind.Test ? "test" : node.Config.Materialized);

    private async Task CheckAsync(ParsedNode node)
    {
        if (await relations.IsBehindUnknownAsync(node))
        {
            relations.Unknown(node);
            return;
        }
        var sql = "";
        await ExecuteAsync($"savepoint {Savepoint}");
        try
        {
            if (node.Seed is not null) await relations.AddAsync(node, CheckedRelations.OfSeed(node));
            else
            {
                sql = workshop.Compiler.Compile(node, run, session, cancel, relations.Instead).Sql;
                if (node.Kind == NodeKind.Test) session.Describe(sql);
                else await relations.AddAsync(node, sql);
            }
        }
        catch (UserErrorException error)
        {
            await RefusedAsync(node, error.Errors);
        }
        catch (PostgresException error)
        {
            cancel.ThrowIfCancellationRequested();
            var statement = sql.Length == 0 ? session.LastStatement : CheckedRelations.IsOf(node) ? relations.LastStatement : sql;
            var found = DatabaseErrors.Of(error, node, sql, statement, await workshop.Files.WriteAsync(node, sql, cancel));
            await RefusedAsync(node, found is UserErrorException wrong ? wrong.Errors : throw found);
        }
        await ExecuteAsync($"release savepoint {Savepoint}");
    }

    private async Task RefusedAsync(ParsedNode node, IReadOnlyList<UserError> found)
    {
        await ExecuteAsync($"rollback to savepoint {Savepoint}");
        errors.AddRange(found);
        relations.Unknown(node);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
