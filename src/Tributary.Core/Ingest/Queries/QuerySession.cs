namespace Tributary.Core.Ingest.Queries;

/// <summary>
/// What one load reads a database with: where the database can, every query of it sees one state. Errors come as
/// <see cref="Text.UserErrorException"/> or, when waiting may help, <see cref="Text.TransientException"/>.
/// </summary>
public abstract class QuerySession : IAsyncDisposable
{
    /// <summary>The most bytes of keys that a query may hold.</summary>
    public virtual int MostKeyBytes => 1_000_000;

    /// <summary>The session's instant by the database's own clock; a cursor never goes beyond it. Null: it has none.</summary>
    public virtual DateTimeOffset? Now => null;

    /// <summary>Starts a query and says what it gives; one at a time.</summary>
    public abstract Task<QueryResult> RunAsync(string sql, CancellationToken cancel);

    /// <summary>A name of the database as its SQL writes it.</summary>
    public abstract string Quote(string name);

    /// <summary>A text as a literal of the database's SQL.</summary>
    public abstract string Literal(string text);

    /// <summary>
    /// The rows of a query whose cursor is at or behind a value (of the PostgreSQL type, as PostgreSQL prints it) less the stream's overlap, or NULL.
    /// </summary>
    public abstract string Behind(string sql, QueryStream stream, string type, string value);

    public abstract ValueTask DisposeAsync();
}
