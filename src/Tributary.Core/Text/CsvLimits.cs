namespace Tributary.Core.Text;

/// <summary>How large a record may be before the file is refused (TRB0107), so that a quote that is never closed does not fill the memory.</summary>
public sealed record CsvLimits(int FieldCharacters = 1_000_000, int Fields = 10_000)
{
    public static CsvLimits Default { get; } = new();
}
