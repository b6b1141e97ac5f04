using System.Text.Json;
using Npgsql;
using Microsoft.Extensions.Logging.Abstractions;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Postgres;

namespace Tributary.Core.Models.Artifacts;

/// <summary>
/// Whether a node whose text or macros changed still renders to the SQL of an earlier manifest: then nothing of it is modified.
/// References are rendered to where that manifest has them. A template that asks the warehouse is taken at its text.
/// </summary>
internal sealed class RenderedBodies(ParsedProject project, EarlierManifest earlier)
{
    private readonly ModelCompiler compiler = new(project);

    public bool IsSame(string id, JsonElement then)
    {
        if (project.Find(id) is not { Template: not null } node || then.Text("compiled_code") is not { } code) return false;
        var deferred = project.Deferred;
        try
        {
            project.Deferred = new DeferredRelations(earlier, favorsState: true);
            return Plain(Compile(node)) == Plain(code);
        }
        catch (Exception asks) when (asks is not OutOfMemoryException)
        {
            return false;
        }
        finally
        {
            project.Deferred = deferred;
        }
    }

    private string Compile(ParsedNode node)
    {
        var session = new WarehouseSession(new Lazy<NpgsqlConnection>(static () => throw new InvalidOperationException("Nothing is asked of a warehouse here.")), project.Settings.Target.Database, CancellationToken.None) { Print = static _ => { } };
        var run = new RunContext
        {
            Database = Database.At(new NpgsqlConnectionStringBuilder { Host = "localhost" }, "tributary"), // never opened
            Clock = TimeProvider.System,
            Logger = NullLogger.Instance,
            RunId = "",
            Key = new ProjectKey(project.Root.Name, project.Settings.Target.Name),
            AsOf = project.Settings.PlainCall.StartedAt,
            Successes = SuccessRecords.None,
        };
        return compiler.Compile(node, run, session, CancellationToken.None).Sql;
    }

    /// <summary>Lines that hold something, without blanks behind them: comments of templates leave the others.</summary>
    private static string Plain(string sql) =>
        string.Join('\n', sql.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));
}
