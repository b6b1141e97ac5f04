using System.Globalization;
using Tributary.Core.Graph;

namespace Tributary.Core.Models.Microbatches;

/// <summary>The calendar of batches.</summary>
internal static class BatchCalendar
{
    /// <summary>The beginning of the batch that the instant lies in.</summary>
    public static DateTimeOffset Floor(this BatchSize size, DateTimeOffset at) => size switch
    {
        BatchSize.Hour => new(at.Year, at.Month, at.Day, at.Hour, 0, 0, TimeSpan.Zero),
        BatchSize.Day => new(at.Year, at.Month, at.Day, 0, 0, 0, TimeSpan.Zero),
        BatchSize.Month => new(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero),
        _ => new(at.Year, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    /// <summary>The instant itself when a batch begins with it, else the beginning of the next one.</summary>
    public static DateTimeOffset Ceiling(this BatchSize size, DateTimeOffset at) => size.Floor(at) == at ? at : size.Move(at, 1);

    /// <summary>The beginning of the batch so many batches away from the one that the instant lies in.</summary>
    public static DateTimeOffset Move(this BatchSize size, DateTimeOffset at, int batches)
    {
        var start = size.Floor(at);
        return size switch
        {
            BatchSize.Hour => start.AddHours(batches),
            BatchSize.Day => start.AddDays(batches),
            BatchSize.Month => start.AddMonths(batches),
            _ => start.AddYears(batches),
        };
    }

    public static EventBatch Batch(this BatchSize size, DateTimeOffset start, DateTimeOffset end) =>
        new(start, end, start.ToString(size == BatchSize.Hour ? "yyyyMMdd'T'HH" : "yyyyMMdd", CultureInfo.InvariantCulture));
}
