namespace Tributary.Core.Exports;

/// <summary>
/// A column as the catalogue has it. <paramref name="Category"/> is PostgreSQL's category of types (S text, N number, D date …);
/// <paramref name="HasTwinForms"/>: equal values may print differently (1.0 and 1.00); <paramref name="KeyPlace"/> is its place in the primary key, from 1.
/// </summary>
internal sealed record ExportColumn(string Name, string Type, char Category, bool HasTwinForms, int? KeyPlace)
{
    public bool IsText => Category == 'S';
}
