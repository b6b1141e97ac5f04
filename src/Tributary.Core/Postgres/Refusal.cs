using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>
/// SQL that stops its own query and says why. A plain query has no way to raise an error but to fail, and messages of failed casts are
/// never shown, because they hold data; so it asks for a setting that does not exist, whose name is the message.
/// </summary>
public static class Refusal
{
    private const string Prefix = "tributary: ";

    /// <summary>A text expression that never has a value. <paramref name="value"/> is any SQL of the row: without it the planner would ask at once.</summary>
    public static string Sql(string value, string message) =>
        $"current_setting(left(({value})::text, 0) || {SqlTemplate.Literal(Prefix + message)})";

    /// <summary>The message, when the server's error is such a refusal.</summary>
    public static string? MessageOf(PostgresException error)
    {
        if (error.SqlState != PostgresErrorCodes.UndefinedObject) return null;
        var start = error.MessageText.IndexOf(Prefix, StringComparison.Ordinal);
        return start < 0 ? null : error.MessageText[(start + Prefix.Length)..].TrimEnd('"', '»', '“', '”');
    }
}
