using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Connectors.Sql;

/// <summary>What an error of a source's PostgreSQL means to the user.</summary>
internal static class PostgresFailure
{
    public static Exception Explain(Exception error, SqlDatabase source) => error switch
    {
        PostgresException refused => Explain(refused, source),
        NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException } => new UserErrorException(
            ErrorCodes.SourceUnreadable, source.At, $"The database of the source {source.Name} has no certificate for {source.Host} that this machine trusts.",
            "Give the server a certificate of an authority that is known here, or write `tls: require` where nobody can stand in between."),
        NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException => new TransientException(
            $"The database of the source {source.Name} at {source.Host}:{source.Port} cannot be reached, or was lost: {error.Message}", error),
        InvalidDataException => new UserErrorException(ErrorCodes.QueryUnfit, source.At, $"The source {source.Name}: {error.Message}", "Raise `max_record_bytes`, or leave the large column out."),
        _ => error,
    };

    private static Exception Explain(PostgresException error, SqlDatabase source)
    {
        var found = DatabaseError.From(error);
        var said = $"The database of the source {source.Name} ";
        if (error.SqlState == PostgresErrorCodes.QueryCanceled && error.MessageText.Contains("statement timeout", StringComparison.Ordinal))
        {
            return new UserErrorException(ErrorCodes.QueryRefused, source.At, $"{said}ended a query after `statement_timeout: {source.StatementTimeout.TotalSeconds:0}s`.",
                "Raise it, give the query an index, or load by a cursor.");
        }
        if (found.IsTransient) return new TransientException($"{said}is busy or going down: {found.Message} (SQLSTATE {found.SqlState})", error);
        return error.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Refused(ErrorCodes.SourceUnreadable, $"does not let {source.User} in: {found.Message}", "Check user, password and the server's pg_hba.conf."),
            PostgresErrorCodes.InvalidCatalogName => Refused(ErrorCodes.SourceUnreadable, $"is not there: {found.Message}", "Check `database:`."),
            PostgresErrorCodes.InsufficientPrivilege => Refused(ErrorCodes.QueryRefused, $"refused a query: {found.Message} (SQLSTATE {found.SqlState})", $"grant select on what it reads to {Identifier.Quote(source.User)};"),
            _ => Refused(ErrorCodes.QueryRefused, $"refused a query: {found.Message} (SQLSTATE {found.SqlState})", found.Hint ?? "Mend the query of the stream."),
        };

        UserErrorException Refused(string code, string what, string hint) => new(code, source.At, said + what, hint);
    }
}
