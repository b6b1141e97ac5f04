using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>For operators: when a stream was last asked, and what is wrong with it now (<c>tributary.health</c>).</summary>
internal static class StreamState
{
    private const int LongestMessage = 1000;

    /// <summary>The stream was asked, and everything that it had is here.</summary>
    public static Task AskedAsync(NpgsqlConnection connection, RunContext context, SourceStream stream, CancellationToken cancel) =>
        context.HasControl ? WriteAsync(connection, context, stream, error: null, cancel) : Task.CompletedTask;

    /// <summary>What went wrong, in the words of the run; our errors hold no values of the data. A warehouse that is lost takes no note.</summary>
    public static async Task FailedAsync(RunContext context, SourceStream stream, Exception error, CancellationToken cancel)
    {
        if (!context.HasControl) return;
        try
        {
            await using var connection = await context.Database.OpenAsync(cancel);
            await WriteAsync(connection, context, stream, Words(error), cancel);
        }
        catch (Exception lost) when (lost is NpgsqlException or TransientException or OperationCanceledException)
        {
            // What is thrown by the caller says why.
        }
    }

    private static string Words(Exception error)
    {
        var words = error switch
        {
            UserErrorException { Errors: [var first, ..] } => $"{first.Code}: {first.Message}",
            TransientException transient => transient.Message,
            _ => error.GetType().Name,
        };
        return words.Length <= LongestMessage ? words : words[..LongestMessage];
    }

    private static Task WriteAsync(NpgsqlConnection connection, RunContext context, SourceStream stream, string? error, CancellationToken cancel) =>
        Statement.Of(connection, Sql.Read("Ingest/write_stream_state.sql"), context.Key, stream.Key)
            .With(NpgsqlDbType.Text, RawTable.Of(stream).LockName).With(NpgsqlDbType.TimestampTz, context.Clock.GetUtcNow().UtcDateTime)
            .With(NpgsqlDbType.Text, error).RunAsync(cancel);
}
