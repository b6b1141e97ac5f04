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
            throw new UserErrorException(ErrorCodes.ViewFailed, view.At, Explain(refused), refused.SqlState == PostgresErrorCodes.CardinalityViolation
                ? "Write first(), or set `collection` to true." : null);
        }
    }

    private static string Explain(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.CardinalityViolation => "An expression gave several values where one is expected.",
        PostgresErrorCodes.InvalidTextRepresentation when refused.MessageText.Contains("repeat goes deeper", StringComparison.Ordinal) => "repeat goes deeper than it may; a path leads back to where it began.",
        PostgresErrorCodes.InvalidParameterValue => "A value is not of the type that its place needs, such as a condition that is no boolean.",
        _ => $"PostgreSQL stopped: {DatabaseError.From(refused).Message} ({refused.SqlState}).",
    };
}
