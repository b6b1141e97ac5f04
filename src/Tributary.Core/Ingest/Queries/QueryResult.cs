namespace Tributary.Core.Ingest.Queries;

/// <summary>The rows of one query, to be read once.</summary>
public abstract class QueryResult : IAsyncDisposable
{
    /// <summary>What each row holds, in order.</summary>
    public abstract IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>Hands all rows over. What the database throws comes as <see cref="QuerySession"/> says.</summary>
    public abstract Task CopyAsync(QueryRows rows, CancellationToken cancel);

    public abstract ValueTask DisposeAsync();
}
