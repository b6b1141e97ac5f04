using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Ingest.Formats.Csv.Fields;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>One declared column of a dataset.</summary>
public sealed record DatasetColumn(
    [Description("The column's name in the file's header, or its names over time; case does not matter. Default: the column's own name.")]
    [OneOrMany] IReadOnlyList<string>? Header = null,
    [Description("The column's type.")] FieldType Type = FieldType.Text,
    [Description("Forms of dates and times, the first that fits: yyyy MM M MMM dd d HH H hh h mm m ss s tt, F (decimals of a second or nothing), K (Z, an offset, or nothing).")]
    [OneOrMany] IReadOnlyList<string>? Formats = null,
    [Description("Further text that means NULL in this column.")][OneOrMany] IReadOnlyList<string>? Nulls = null,
    [Description("The decimal mark of numbers.")] string Decimal = ".",
    [Description("The mark between thousands of numbers, such as \",\".")] string? Thousands = null,
    [Description("Words for true, instead of true t 1 yes y on.")][OneOrMany][Key("true")] IReadOnlyList<string>? True = null,
    [Description("Words for false, instead of false f 0 no n off.")][OneOrMany][Key("false")] IReadOnlyList<string>? False = null,
    [Description("A file must have this column, and every record a value in it.")] bool Required = false,
    [Description("What a value that is none of the type does: reject makes its record a reject, set_null leaves the field empty and notes it.")] BadField OnBad = BadField.Reject,
    [Description("Mend damaged JSON (type json): swapped escapes, inner quotes, control characters; the original is kept.")] bool Repair = false) : IValidated
{
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssF", "yyyy-MM-dd HH:mm:ssF"];
    private static readonly string[] Times = ["yyyy-MM-ddTHH:mm:ssFK", "yyyy-MM-dd HH:mm:ssFK", "yyyy-MM-dd"];

    private bool IsMoment => Type is FieldType.Date or FieldType.Timestamp or FieldType.Timestamptz;

    private IReadOnlyList<string> FormTexts => Formats ?? (Type == FieldType.Date ? Dates : Times);

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Formats is not null && !IsMoment) check.Refuse("formats", "only columns of type date, timestamp or timestamptz have forms");
        foreach (var form in FormTexts.Where(form => MomentForm.TryCreate(form) is null))
            check.Refuse("formats", $"'{Excerpt.Of(form)}' names no whole date", "Write it as yyyy-MM-dd or dd/MM/yyyy HH:mm.");
        if (Decimal is not ("." or ",")) check.Refuse("decimal", "expected . or ,");
        if (Thousands is { } mark && (mark.Length != 1 || mark == Decimal || char.IsAsciiLetterOrDigit(mark[0]) || mark[0] is '-' or '+' or > '~'))
            check.Refuse("thousands", "expected one character that is no digit, sign or the decimal mark");
        if (Repair && Type != FieldType.Json) check.Refuse("repair", "only columns of type json can be mended");
        if (Header is { Count: 0 }) check.Refuse("header", "expected at least one name");
    }

    internal FieldWriter Writer(TimeZoneInfo zone) => Type switch
    {
        FieldType.Smallint or FieldType.Integer or FieldType.Bigint => new WholeNumber(Type, Numbers),
        FieldType.Numeric => new DecimalNumber(Numbers),
        FieldType.Double => new DoubleNumber(Numbers),
        FieldType.Boolean => new TrueOrFalse(True, False),
        FieldType.Date or FieldType.Timestamp or FieldType.Timestamptz => new MomentField(Type, [.. FormTexts.Select(text => MomentForm.TryCreate(text)!)], zone), // checked above
        FieldType.Uuid => new UuidField(),
        FieldType.Json => new JsonField(),
        _ => new PlainText(),
    };

    private NumberForm Numbers => new(Decimal[0], Thousands is { Length: 1 } mark ? mark[0] : '\0');
}

/// <summary>What a value that is none of its column's type does.</summary>
public enum BadField
{
    Reject,
    SetNull,
}
