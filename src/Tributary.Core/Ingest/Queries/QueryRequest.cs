using System.Runtime.CompilerServices;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest.Queries;

/// <summary>What a stream asks its database, in the database's own words.</summary>
internal sealed class QueryRequest(QueryStream query, QuerySession session)
{
    private readonly QueryText text = QueryText.Parse(query.Query ?? $"select * from {string.Join('.', (query.Table ?? "").Split('.').Select(session.Quote))}");

    /// <summary>Another declaration begins anew.</summary>
    public string Contract
    {
        get
        {
            using var print = new Fingerprint();
            return print.Add("query", Sql(":keys")).Add("key", string.Join('\0', query.Key ?? [])).Add("cursor", query.Cursor ?? "").Finish();
        }
    }

    /// <summary>The query with its values; <paramref name="keys"/> is a list of literals.</summary>
    public string Sql(string? keys) => text.Fill(name => name == QueryStream.KeysName ? keys ?? "null" : session.Literal(query.Parameters[name]));

    /// <summary>One query, or one a batch of keys; without any key one that finds nothing and shows its columns.</summary>
    public async IAsyncEnumerable<string> ListAsync(KeyBatches? keys, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (keys is null)
        {
            yield return Sql(null);
            yield break;
        }
        await foreach (var batch in keys.ReadAsync(session.Literal, session.MostKeyBytes, cancel)) yield return Sql(batch);
        if (keys.Count == 0) yield return Sql("null");
    }
}
