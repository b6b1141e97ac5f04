using System.Runtime.CompilerServices;
using Npgsql;
using Tributary.Core.Fhir.Views;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Cli.Views;

/// <summary>The rows of a compiled view, streamed: every value as JSON text, null for NULL.</summary>
internal sealed class ViewRows(NpgsqlConnection connection, ViewDefinition view, CompiledView compiled)
{
    public async IAsyncEnumerable<string?[]> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var columns = string.Join(", ", compiled.Columns.Select(column => $"to_json(v.{Identifier.Quote(column.SqlName)})::text"));
        await using var command = new NpgsqlCommand($"select {columns} from (\n{compiled.Sql}) as v", connection) { CommandTimeout = 0 };
        await using var reader = await GuardAsync(() => command.ExecuteReaderAsync(cancel));
        while (await GuardAsync(() => reader.ReadAsync(cancel)))
        {
            var row = new string?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            yield return row;
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (PostgresException refused) when (!DatabaseError.IsPassing(refused))
        {
            throw new UserErrorException(ErrorCodes.ViewFailed, view.At, Explain(refused), null);
        }
    }

    private static string Explain(PostgresException refused) => Refusal.MessageOf(refused) ?? refused.SqlState switch
    {
        PostgresErrorCodes.InvalidParameterValue => "A value is not of the type that its place needs, such as a condition that is no boolean.",
        _ => $"PostgreSQL stopped: {DatabaseError.From(refused).Message} ({refused.SqlState}).",
    };
}
