using System.Globalization;
using Tributary.Core.Models.Microbatches;

namespace Tributary.Tests.Models;

public sealed class BatchCalendarTests
{
    [Theory]
    [InlineData("Hour", "2024-09-17T16:00:00Z", "2024-09-17T17:00:00Z", "2024-09-17T14:00:00Z", "20240917T16")]
    [InlineData("Day", "2024-09-17T00:00:00Z", "2024-09-18T00:00:00Z", "2024-09-15T00:00:00Z", "20240917")]
    [InlineData("Month", "2024-09-01T00:00:00Z", "2024-10-01T00:00:00Z", "2024-07-01T00:00:00Z", "20240901")]
    [InlineData("Year", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "2022-01-01T00:00:00Z", "20240101")]
    public void Batches_begin_at_whole_stretches_of_time(string name, string floor, string ceiling, string twoBefore, string id)
    {
        var size = Enum.Parse<BatchSize>(name);
        var at = At("2024-09-17T16:06:00Z");
        Assert.Equal(At(floor), size.Floor(at));
        Assert.Equal(At(ceiling), size.Ceiling(at));
        Assert.Equal(At(floor), size.Ceiling(At(floor)));
        Assert.Equal(At(twoBefore), size.Move(at, -2));
        Assert.Equal(id, size.Batch(size.Floor(at), size.Ceiling(at)).Id);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
