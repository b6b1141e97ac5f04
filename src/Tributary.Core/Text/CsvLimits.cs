namespace Tributary.Core.Text;

/// <summary>How large parts of a CSV file may be, so that a quote that is never closed does not fill the memory.</summary>
public sealed record CsvLimits(int FieldBytes = 1_000_000, int RecordBytes = 16_000_000, int Fields = 10_000)
{
    public static CsvLimits Default { get; } = new();
}
