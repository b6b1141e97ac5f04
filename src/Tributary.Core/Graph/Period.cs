namespace Tributary.Core.Graph;

/// <summary>
/// One stretch of a calendar in a zone: from <paramref name="FirstDay"/> to the day before <paramref name="EndDay"/>, and the instants at which it
/// begins and at which the next one does. <paramref name="Label"/> is how people call it: <c>2024-03</c>, <c>2024-Q1</c>, or its first day.
/// </summary>
public sealed record Period(DateOnly FirstDay, DateOnly EndDay, DateTimeOffset Start, DateTimeOffset End, string Label);

/// <summary>How long a period is.</summary>
public enum PeriodSize
{
    Day,
    Week,
    Month,
    Quarter,
}

/// <summary>The days of which periods are wanted anew: from <paramref name="First"/> to before <paramref name="End"/>.</summary>
public sealed record PeriodRange(DateOnly First, DateOnly End)
{
    /// <summary>Also those that were made of the same input by an earlier call.</summary>
    public bool Again { get; init; }
}
