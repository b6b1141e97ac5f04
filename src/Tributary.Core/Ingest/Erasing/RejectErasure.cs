using System.Text;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest.Erasing;

/// <summary>
/// Takes the bytes of a subject's rejects and notes away; where they were, and why, stays. A record belongs to the subject when one of its words
/// is what names them, or when it holds a text that only they have: rather one record of somebody else than one of theirs.
/// </summary>
internal sealed class RejectErasure(NpgsqlConnection connection, RunContext context, IReadOnlyCollection<string> streams)
{
    public async Task<long> RunAsync(IReadOnlySet<string> words, IReadOnlyCollection<string> tells, CancellationToken cancel)
    {
        var theirs = await FindAsync(words, [.. tells.Select(Encoding.UTF8.GetBytes)], cancel);
        return theirs.Count == 0 ? 0 : await Statement.Of(connection, "update tributary_reject.reject set bytes = '', status = 'erased' where reject_id = any($1)")
            .With(NpgsqlDbType.Array | NpgsqlDbType.Bigint, theirs.ToArray()).RunAsync(cancel);
    }

    private async Task<List<long>> FindAsync(IReadOnlySet<string> words, List<byte[]> tells, CancellationToken cancel)
    {
        var found = new List<long>();
        await using var command = Statement.Of(connection, """
            select reject_id, bytes from tributary_reject.reject
            where project = $1 and target = $2 and stream = any($3) and status <> 'erased'
            """)
            .With(NpgsqlDbType.Text, context.Key.Project).With(NpgsqlDbType.Text, context.Key.Target).With(NpgsqlDbType.Array | NpgsqlDbType.Text, streams.ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var bytes = (byte[])rows[1];
            if (SubjectText.WordsOf(bytes).Any(words.Contains) || tells.Exists(tell => bytes.AsSpan().IndexOf(tell) >= 0)) found.Add(rows.GetInt64(0));
        }
        return found;
    }
}
