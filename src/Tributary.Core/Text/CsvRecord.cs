namespace Tributary.Core.Text;

/// <summary>One record of a CSV file and the line in which it begins (from 1).</summary>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields);
