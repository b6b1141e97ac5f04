namespace Tributary.Core.Models.Microbatches;

/// <summary>How much time one batch covers. Batches begin at whole hours, days, months or years, UTC.</summary>
internal enum BatchSize
{
    Hour,
    Day,
    Month,
    Year,
}
