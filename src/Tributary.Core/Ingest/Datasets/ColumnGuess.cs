using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Ingest.Formats.Csv.Fields;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>What one column of a sample could be: every type that each of its values is.</summary>
internal sealed class ColumnGuess(string header)
{
    private const int MostKeys = 1_000_000;

    private static readonly string[] Dates = ["yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "yyyyMMdd", "dd MMM yyyy", "d MMM yyyy"];
    private static readonly string[] Clocks = ["", " HH:mm:ssF", "THH:mm:ssF", " HH:mm", " H:mm", " h:mm:ss tt", " h:mm tt"];

    private readonly List<Candidate> candidates =
    [
        new(FieldType.Boolean, null, new TrueOrFalse(["true"], ["false"])),
        new(FieldType.Bigint, null, new WholeNumber(FieldType.Bigint, new NumberForm('.', '\0'))),
        new(FieldType.Numeric, null, new DecimalNumber(new NumberForm('.', '\0'))),
        new(FieldType.Uuid, null, new UuidField()),
        .. Dates.Select(form => Moment(FieldType.Date, form)),
        .. Dates.SelectMany(form => Clocks[1..].Select(clock => Moment(FieldType.Timestamp, form + clock))),
        .. Dates[..1].SelectMany(form => Clocks[1..4].Select(clock => Moment(FieldType.Timestamptz, form + clock + "K"))),
        new(FieldType.Json, null, new JsonField()),
    ];

    private readonly HashSet<UInt128> seen = [];

    public string Header => header;

    /// <summary>The name in the table.</summary>
    public string Name { get; } = HeaderMap.NameOf(header);

    public bool HasValues { get; private set; }

    /// <summary>Every record of the sample had a value here, and no value came twice.</summary>
    public bool IsUnique { get; private set; } = true;

    /// <summary>The narrowest type; text when nothing else fits.</summary>
    public FieldType Type => HasValues && candidates.Count > 0 ? candidates[0].Type : FieldType.Text;

    /// <summary>The forms of a date or time that fit all of its values; of two that differ only in leading zeros, the stricter.</summary>
    public IReadOnlyList<string> Forms => [.. candidates
        .Where(candidate => candidate.Type == Type && candidate.Form is not null).Select(candidate => candidate.Form!) // filtered
        .DistinctBy(form => form.Replace("dd", "d", StringComparison.Ordinal).Replace("MM", "M", StringComparison.Ordinal).Replace("HH", "H", StringComparison.Ordinal))];

    public void See(BinaryCopy nowhere, ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (IsUnique) IsUnique = !text.IsEmpty && (seen.Count >= MostKeys || seen.Add(RowHash.Of(text)));
        if (text.IsEmpty) return;
        HasValues = true;
        for (var i = candidates.Count - 1; i >= 0; i--)
        {
            if (!Fits(candidates[i], nowhere, text)) candidates.RemoveAt(i);
        }
    }

    // A number with leading zeros is a code, and only objects and lists are worth being called JSON.
    private static bool Fits(Candidate candidate, BinaryCopy nowhere, ReadOnlySpan<byte> text)
    {
        if (candidate.Type is FieldType.Bigint or FieldType.Numeric && text.Length > 1 && text[0] == '0' && text[1] != '.') return false;
        if (candidate.Type == FieldType.Json && text[0] is not ((byte)'{' or (byte)'[')) return false;
        nowhere.StartRow();
        var fits = candidate.Writer.TryWrite(nowhere, text);
        nowhere.TakeBackRow();
        return fits;
    }

    private static Candidate Moment(FieldType type, string form) => new(type, form, new MomentField(type, [MomentForm.TryCreate(form)!], TimeZoneInfo.Utc)); // whole dates

    private sealed record Candidate(FieldType Type, string? Form, FieldWriter Writer);
}
