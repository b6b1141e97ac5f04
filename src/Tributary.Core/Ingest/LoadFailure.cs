using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>Turns what servers and file systems throw during a load into the errors that a run understands.</summary>
internal static class LoadFailure
{
    /// <summary>Null for what needs no other words: our own errors, interrupts and defects.</summary>
    public static Exception? Explain(Exception error, SourceStream stream) => error switch
    {
        PostgresException refused => Explain(refused, stream),
        NpgsqlException lost => new TransientException($"The load of {stream.Key} lost the warehouse: {lost.Message}", lost),
        IOException or UnauthorizedAccessException => new UserErrorException(
            ErrorCodes.SourceUnreadable, stream.Source.At, $"The load of {stream.Key} cannot read its source: {error.Message}",
            "Check that the file is there and that this user may read it."),
        _ => null,
    };

    private static Exception Explain(PostgresException error, SourceStream stream)
    {
        var found = DatabaseError.From(error);
        var message = $"The load of {stream.Key} into {stream.Raw} was refused: {found.Message} (SQLSTATE {found.SqlState})";
        return found.IsTransient
            ? new TransientException(message, error)
            : new UserErrorException(ErrorCodes.DatabaseRefused, stream.Source.At, message, found.Hint);
    }
}
