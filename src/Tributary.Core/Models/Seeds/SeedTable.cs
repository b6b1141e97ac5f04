using System.Buffers;
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
    private const int FlushCharacters = 16 * 1024;

    /// <summary>What the text form of COPY writes with a backslash.</summary>
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\t\n\r");

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
        using var reader = new StreamReader(file.FullPath);
        using var records = CsvText.Read(reader, file.Path, delimiter).GetEnumerator();
        if (!records.MoveNext())
            throw new UserErrorException(ErrorCodes.WrongType, new SourcePosition(file.Path, 1), "the seed is empty", "Its first line holds the names of its columns.");
        var names = Names(records.Current);
        var guesses = names.Select(name => new Guess(given.ContainsKey(name))).ToArray();
        while (records.MoveNext())
        {
            var fields = records.Current.Fields;
            if (fields.Count != names.Length)
            {
                throw new UserErrorException(ErrorCodes.CsvSyntax, new SourcePosition(file.Path, records.Current.Line),
                    $"the record has {fields.Count} fields, the header has {names.Length}", "Quote a field that holds the delimiter.");
            }
            for (var i = 0; i < names.Length; i++) guesses[i].See(fields[i]);
        }
        return new SeedTable(file, delimiter, [.. names.Zip(guesses, (name, guess) =>
            new SeedColumn(name, guess.Type, given.GetValueOrDefault(name) is { } type ? PythonText.Of(type) : guess.DataType))]);
    }

    /// <summary>Fills the table by COPY and returns the number of rows. Blocks; runs on the caller's transaction.</summary>
    public long CopyTo(NpgsqlConnection connection, Relation table, CancellationToken cancel)
    {
        var names = string.Join(", ", Columns.Select(column => Identifier.Quote(column.Name)));
        using var reader = new StreamReader(file.FullPath);
        using var copy = connection.BeginTextImport($"copy {table.Sql} ({names}) from stdin");
        var rows = 0L;
        var line = new StringBuilder();
        foreach (var record in CsvText.Read(reader, file.Path, delimiter).Skip(1))
        {
            if (rows++ % 1024 == 0) cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < Columns.Count; i++)
            {
                if (i > 0) line.Append('\t');
                Append(line, Columns[i].Type, record.Fields[i]);
            }
            line.Append('\n');
            if (line.Length < FlushCharacters) continue;
            copy.Write(line);
            line.Clear();
        }
        copy.Write(line);
        return rows;
    }

    private static void Append(StringBuilder line, ColumnType type, string value)
    {
        if (ColumnTypes.IsNull(value))
        {
            line.Append("\\N");
            return;
        }
        var text = type.Write(value);
        if (!text.AsSpan().ContainsAny(Escaped))
        {
            line.Append(text);
            return;
        }
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => line.Append("\\\\"),
                '\t' => line.Append("\\t"),
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                _ => line.Append(c),
            };
        }
    }

    /// <summary>Blank names become letters and repeated ones get a number, as agate names them.</summary>
    private static string[] Names(CsvRecord header)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new string[header.Fields.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var name = header.Fields[i].Trim() is { Length: > 0 } given ? given : ((char)('a' + (i % 26))).ToString();
            var unique = name;
            for (var number = 2; !seen.Add(unique); number++) unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
            names[i] = unique;
        }
        return names;
    }

    /// <summary>The first type that every value so far fits.</summary>
    private sealed class Guess(bool isGiven)
    {
        private readonly List<string> seen = [];
        private int decimals;
        private bool isLong;

        public ColumnType Type { get; private set; } = isGiven ? ColumnType.Text : ColumnType.Number;

        /// <summary>Whole numbers are integer, or bigint when one does not fit (dbt would fail there); others are float8.</summary>
        public string DataType => Type switch
        {
            ColumnType.Number when decimals > 0 => "float8",
            ColumnType.Number => isLong ? "bigint" : "integer",
            ColumnType.Date => "date",
            ColumnType.DateTime or ColumnType.IsoDateTime => "timestamp without time zone",
            ColumnType.Boolean => "boolean",
            _ => "text",
        };

        public void See(string value)
        {
            if (Type == ColumnType.Text || ColumnTypes.IsNull(value)) return;
            if (!Type.Accepts(value)) Fall(value);
            else if (Type == ColumnType.Number) Measure(value);
            if (Type != ColumnType.Text && seen.Count < 64) seen.Add(value);
        }

        /// <summary>
        /// A later type must have accepted all earlier values too. A sample of them is enough: no two types but number and text
        /// share a value, so the first value of a column decides which other type is left.
        /// </summary>
        private void Fall(string value)
        {
            do
            {
                Type++;
            }
            while (!Type.Accepts(value) || !seen.TrueForAll(earlier => Type.Accepts(earlier)));
        }

        private void Measure(string value)
        {
            if (decimals > 0) return; // that there are some is all that counts
            var number = ColumnTypes.Number(value)!; // Accepts said so
            decimals = Math.Max(decimals, ColumnTypes.Decimals(number));
            if (decimals == 0 && number.Length > 9 && decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)) isLong |= exact is > int.MaxValue or < int.MinValue;
        }
    }
}
