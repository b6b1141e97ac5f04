using Npgsql;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running;

/// <summary>Turns what the server refused into the user's error: the model's line where it can be found, and the compiled file's.</summary>
internal static class DatabaseErrors
{
    /// <summary><paramref name="compiled"/> is the node's SQL, <paramref name="statement"/> what was sent, <paramref name="shown"/> the compiled file.</summary>
    public static Exception Of(PostgresException error, ParsedNode node, string compiled, string statement, string shown)
    {
        if (DatabaseError.IsPassing(error)) return new TransientException($"{node.Name}: {DatabaseError.From(error).Message}", error);
        var start = compiled.Length == 0 ? -1 : statement.IndexOf(compiled, StringComparison.Ordinal);
        var found = start < 0 ? DatabaseError.From(error) : DatabaseError.From(error, compiled, CodePoints(statement, start));
        var isInside = found.Line > 0 && error.Position > CodePoints(statement, Math.Max(0, start));
        var place = isInside ? $" ({shown}:{found.Line}:{found.Column})" : $" ({shown})";
        return new UserErrorException(ErrorCodes.DatabaseRefused, isInside ? Place(node, compiled, found.Line) : node.At, $"{found.Message}{place}", found.Hint);
    }

    /// <summary>The connection was lost or the server is gone: nothing of the node was committed.</summary>
    public static TransientException Lost(NpgsqlException error, ParsedNode node) => new($"{node.Name}: the warehouse was lost: {error.Message}", error);

    private static int CodePoints(string text, int length)
    {
        var pairs = 0;
        for (var i = 0; i < length; i++) if (char.IsHighSurrogate(text[i])) pairs++;
        return length - pairs;
    }

    /// <summary>
    /// The line of the model's file that reads like the compiled line: the same text, at the nearest place. Where templates wrote
    /// the line, only the file is known.
    /// </summary>
    private static SourcePosition Place(ParsedNode node, string compiled, int line)
    {
        var wanted = Line(compiled, line);
        var lines = node.RawCode.Split('\n');
        var best = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() == wanted && wanted.Length > 0 && (best < 0 || Math.Abs(i + 1 - line) < Math.Abs(best + 1 - line))) best = i;
        }
        if (node.Generated is not null) return node.At;
        return best < 0 ? node.At : new SourcePosition(node.Path, best + 1);
    }

    private static string Line(string text, int number)
    {
        var lines = text.Split('\n');
        return number <= lines.Length ? lines[number - 1].Trim() : "";
    }
}
