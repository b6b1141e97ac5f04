using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Forms;

/// <summary>The rows of the stream that holds reports, forms and settings.</summary>
public sealed record FormRows(Relation Table, string Id, string Document, string? SourceColumn, string Label);

/// <summary>
/// What the warehouse knows of forms. Looks at documents that came since it looked last, by the stream's load number, and keeps every version that it sees:
/// the raw table has the newest only.
/// </summary>
public sealed class FormStore(NpgsqlConnection connection, ProjectKey key, string stream, FormRows rows)
{
    private const int LargestBase64 = XFormText.LargestBytes / 3 * 4;

    private string Node => $"forms.{stream}";

    /// <summary>Brings the knowledge up to date and returns it; one query when nothing came.</summary>
    public async Task<FormKnowledge> RefreshAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var (load, seen) = await LookAsync(cancel);
        if (load > seen) await LearnAsync(now, cancel);
        return await ReadAsync(cancel);
    }

    private async Task<(long Load, long Seen)> LookAsync(CancellationToken cancel)
    {
        await using var command = Of("Forms/find_news.sql").With(Node).With(rows.Table.Sql).Command;
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    private async Task LearnAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = $"tributary forms {key.Project} {key.Target} {stream}" } } })
            await wait.ExecuteNonQueryAsync(cancel);
        var (load, seen) = await LookAsync(cancel);
        if (load > seen)
        {
            var last = (await ReadAsync(cancel)).Versions.GroupBy(version => version.Form).ToDictionary(form => form.Key, form => Text(form.Last()), StringComparer.Ordinal);
            foreach (var (id, found) in await DocumentsAsync(seen, cancel)) await KeepAsync(id, found, last, now, cancel);
            await using var advance = Of("Forms/advance.sql").With(Node).With(load).Command;
            await advance.ExecuteNonQueryAsync(cancel);
            await IndexAsync(last.Count > 0, cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    private async Task<List<(string Id, FormKnowledge Found)>> DocumentsAsync(long seen, CancellationToken cancel)
    {
        var found = new List<(string, FormKnowledge)>();
        var sql = Sql.Read("Forms/read_documents.sql")
            .Replace("<<table>>", rows.Table.Sql, StringComparison.Ordinal).Replace("<<id>>", Identifier.Quote(rows.Id), StringComparison.Ordinal).Replace("<<document>>", Identifier.Quote(rows.Document), StringComparison.Ordinal)
            .Replace("<<own>>", rows.SourceColumn is { } column ? $"{Identifier.Quote(column)} = $3" : "$3 is not null", StringComparison.Ordinal);
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = seen }, new() { Value = LargestBase64 }, new() { Value = rows.Label } } };
        await using var documents = await command.ExecuteReaderAsync(cancel);
        while (await documents.ReadAsync(cancel))
        {
            var id = documents.GetString(0);
            found.Add((id, Maybe(3) is { } settings ? FormDocuments.OfSettings(id, settings) : FormDocuments.OfForm(id, Maybe(1), Maybe(2), documents.GetBoolean(4))));
        }
        return found;

        string? Maybe(int i) => documents.IsDBNull(i) ? null : documents.GetString(i);
    }

    private async Task KeepAsync(string id, FormKnowledge found, Dictionary<string, string> last, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var version in found.Versions)
        {
            var text = Text(version);
            if (last.GetValueOrDefault(version.Form) == text) continue;
            last[version.Form] = text;
            await using var keep = Of("Forms/keep_version.sql").With(version.Form).With(NpgsqlDbType.Jsonb, text).With(now.UtcDateTime).Command;
            await keep.ExecuteNonQueryAsync(cancel);
        }
        await using var problems = Of("Forms/keep_problems.sql").With(id).With(found.Problems.Select(problem => problem.Form).ToArray()).With(found.Problems.Select(problem => problem.Problem).ToArray()).With(now.UtcDateTime).Command;
        await problems.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A form's table is first made from its own reports, not from all documents.</summary>
    private async Task IndexAsync(bool hasForms, CancellationToken cancel)
    {
        if (!hasForms) return;
        var document = Identifier.Quote(rows.Document);
        await using var create = new NpgsqlCommand(
            $"create index if not exists {Identifier.Quote(Identifier.Shorten(rows.Table.Name, "__report_form"))} on {rows.Table.Sql} (({document} ->> 'form')) where {document} ->> 'type' = 'data_record'", connection)
        { CommandTimeout = 0 };
        await create.ExecuteNonQueryAsync(cancel);
    }

    private async Task<FormKnowledge> ReadAsync(CancellationToken cancel)
    {
        var versions = new List<FormDefinition>();
        var problems = new List<FormProblem>();
        await using var command = Of("Forms/read_knowledge.sql").Command;
        await using var found = await command.ExecuteReaderAsync(cancel);
        while (await found.ReadAsync(cancel))
        {
            if (!await found.IsDBNullAsync(0, cancel)) versions.Add(Parse(found.GetString(0)));
            else problems.Add(new FormProblem(found.GetString(1), found.GetString(2), found.GetString(3)));
        }
        return new FormKnowledge(versions, problems);
    }

    private static FormDefinition Parse(string json) =>
        JsonSerializer.Deserialize<FormDefinition>(json) ?? throw new InvalidOperationException("A kept form is null.");

    private static string Text(FormDefinition definition) => JsonSerializer.Serialize(definition);

    /// <summary><c>$1</c> project, <c>$2</c> target, <c>$3</c> stream.</summary>
    private Parameters Of(string path) => new Parameters(new NpgsqlCommand(Sql.Read(path), connection)).With(key.Project).With(key.Target).With(stream);

    private sealed record Parameters(NpgsqlCommand Command)
    {
        public Parameters With(object value)
        {
            Command.Parameters.Add(new() { Value = value });
            return this;
        }

        public Parameters With(NpgsqlDbType type, object value)
        {
            Command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
            return this;
        }
    }
}
