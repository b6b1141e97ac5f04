using System.Globalization;
using System.Text;
using Npgsql;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Seeds;

/// <summary>A CSV file of the project with typed columns. The file is streamed twice: once for its types, once by COPY.</summary>
internal sealed class SeedTable
{
    private readonly SeedFile file;
    private readonly char delimiter;

    private SeedTable(SeedFile file, char delimiter, IReadOnlyList<SeedColumn> columns) => (this.file, this.delimiter, Columns) = (file, delimiter, columns);

    public IReadOnlyList<SeedColumn> Columns { get; }

    /// <summary>The seed of a node, with its own delimiter and types.</summary>
    public static SeedTable Of(ParsedNode node) => Read(
        node.Seed ?? throw new ArgumentException("Not a seed.", nameof(node)), DelimiterOf(node), node.Config["column_types"] as IReadOnlyDictionary<string, object?> ?? EmptyMap.Instance);

    public static char DelimiterOf(ParsedNode node) => node.Config.Text("delimiter") switch
    {
        null => ',',
        { Length: 1 } one => one[0],
        var other => throw new UserErrorException(ErrorCodes.WrongType, node.At, $"the delimiter of the seed has {other.Length} characters; expected one"),
    };

    /// <summary>Reads the file once; columns that <paramref name="given"/> names are text to us and get that type in the table.</summary>
    public static SeedTable Read(SeedFile file, char delimiter, IReadOnlyDictionary<string, object?> given)
    {
        using var text = Open(file);
        var reader = new SeedReader(text, file.Path, delimiter);
        try
        {
            if (!reader.Next() || reader.Count == 0)
                throw new UserErrorException(ErrorCodes.WrongType, new SourcePosition(file.Path, 1), "the seed is empty", "Its first line holds the names of its columns.");
            var names = Names(reader);
            var guesses = names.Select(name => new ColumnGuess(given.ContainsKey(name))).ToArray();
            while (reader.Next())
            {
                if (reader.Count > names.Length) throw TooLong(file, reader, names.Length);
                for (var i = 0; i < reader.Count; i++) guesses[i].See(reader[i]);
            }
            return new SeedTable(file, delimiter, [.. names.Zip(guesses, (name, guess) =>
                new SeedColumn(name, guess.Type, guess.DataType, given.GetValueOrDefault(name) is { } type ? PythonText.Of(type) : null, guess.IsWhole))]);
        }
        catch (DecoderFallbackException)
        {
            throw new UserErrorException(ErrorCodes.CsvSyntax, new SourcePosition(file.Path, reader.Line), "the seed is not in UTF-8 hereabouts", "Save the file in UTF-8.");
        }
    }

    /// <summary>Fills the table by COPY and returns the number of rows. Blocks; runs on the caller's transaction.</summary>
    public long CopyTo(NpgsqlConnection connection, Relation table, bool quotesColumns, CancellationToken cancel)
    {
        var names = string.Join(", ", Columns.Select(column => quotesColumns ? Identifier.Quote(column.Name) : column.Name));
        using var text = Open(file);
        var reader = new SeedReader(text, file.Path, delimiter);
        reader.Next();
        using var copy = new SeedCopy(connection.BeginTextImport($"copy {table.Sql} ({names}) from stdin"), TimeZoneInfo.FindSystemTimeZoneById(connection.Timezone));
        var rows = 0L;
        while (reader.Next())
        {
            if (rows++ % 1024 == 0) cancel.ThrowIfCancellationRequested();
            copy.Write(reader, Columns);
        }
        copy.Complete();
        return rows;
    }

    private static StreamReader Open(SeedFile file) => new(file.FullPath, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);

    private static UserErrorException TooLong(SeedFile file, SeedReader record, int columns) => new(
        ErrorCodes.CsvSyntax, new SourcePosition(file.Path, record.Line), $"the record has {record.Count} fields, the header has {columns}", "Quote a field that holds the delimiter.");

    /// <summary>Blank names become letters and repeated ones get a number, as agate names them.</summary>
    private static string[] Names(SeedReader header)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new string[header.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var name = header[i].Length > 0 ? header[i].ToString() : new string((char)('a' + (i % 26)), (i / 26) + 1);
            var unique = name;
            for (var number = 2; !seen.Add(unique); number++) unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
            names[i] = unique;
        }
        return names;
    }
}
