using Npgsql;
using Tributary.Core.Fhir.Views;
using Tributary.Core.Ingest.Formats;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Cli.Views;

/// <summary>Resources in a temporary table of one session: gone when the session ends, however it ends.</summary>
internal sealed class ResourceTable(NpgsqlConnection connection)
{
    private const int LongestLine = 256 * 1024 * 1024;
    private static readonly Relation Table = new("pg_temp", "fhir_resource");

    /// <summary>Makes the table, or empties it.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        // Plans over jsonpath look dearer to the planner than they are, and compiling them costs more than it gains.
        const string sql = "set jit = off; drop table if exists pg_temp.fhir_resource; create temporary table fhir_resource (type text not null, resource jsonb not null)";
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The rows of one type as the compiler takes them; the fence keeps conditions of a view away from resources of other types.</summary>
    public static ViewTable Of(string type) =>
        new($"(select resource from pg_temp.fhir_resource where type = {SqlTemplate.Literal(type)} offset 0)", Deleted: null);

    /// <summary>Loads the resources of one type from NDJSON; other types are passed over. Returns how many there were.</summary>
    public async Task<long> LoadAsync(Stream content, string name, string type, CancellationToken cancel)
    {
        using var lines = new LineReader(content, LongestLine);
        await using var copy = await BinaryCopy.BeginAsync(connection, Table, ["type", "resource"], cancel);
        do
        {
            while (lines.TryRead(out var line))
            {
                if (line.Bytes.Span.Trim(" \t\r"u8).IsEmpty) continue;
                if (TypeOf(line, name) != type) continue;
                Write(copy, type, line.Bytes.Span);
                if (copy.IsFull) await copy.FlushAsync(cancel);
            }
        }
        while (await lines.FillAsync(cancel));
        return await CompleteAsync(copy, name, cancel);
    }

    /// <summary>Loads resources of any type.</summary>
    public async Task LoadAsync(IEnumerable<byte[]> resources, string name, CancellationToken cancel)
    {
        await using var copy = await BinaryCopy.BeginAsync(connection, Table, ["type", "resource"], cancel);
        foreach (var resource in resources) Write(copy, FhirResource.TypeOf(resource) ?? "", resource);
        await CompleteAsync(copy, name, cancel);
    }

    private static void Write(BinaryCopy copy, string type, ReadOnlySpan<byte> resource)
    {
        copy.StartRow();
        copy.Text(type);
        copy.Jsonb(resource);
    }

    private static string TypeOf(Line line, string name) =>
        !line.IsOverSize && FhirResource.TypeOf(line.Bytes.Span) is { } type ? type
        : throw new UserErrorException(ErrorCodes.SourceUnreadable, new SourcePosition(name, (int)line.Number), "This line is no FHIR resource.", "Expected one JSON object with a resourceType a line.");

    private static async Task<long> CompleteAsync(BinaryCopy copy, string name, CancellationToken cancel)
    {
        try
        {
            return await copy.CompleteAsync(cancel);
        }
        catch (PostgresException refused)
        {
            throw new UserErrorException(ErrorCodes.SourceUnreadable, new SourcePosition(name), $"PostgreSQL refused a resource: {DatabaseError.From(refused).Message} ({refused.SqlState}).");
        }
    }
}
