namespace Tributary.Synthetic.Cht;

/// <summary>How much of everything there is. At scale 1 all databases together hold 20,000 documents.</summary>
/// <remarks>Info documents of sentinel fill up what the others leave, so that the sum is exact.</remarks>
internal sealed record ChtSize(int Documents, int Districts, int Areas, int Households, int People, int Pregnancies, int Assessments, int Messages, int Tasks, int Months, int TelemetryDays, int Feedback)
{
    public static ChtSize Of(double scale) => new(
        Documents: Scaled(20_000, scale), Districts: Scaled(4, scale), Areas: Scaled(20, scale), Households: Scaled(600, scale), People: Scaled(2_400, scale),
        Pregnancies: Scaled(420, scale), Assessments: Scaled(2_600, scale), Messages: Scaled(1_400, scale), Tasks: Scaled(4_000, scale),
        Months: 12, TelemetryDays: 30, Feedback: Scaled(160, scale));

    /// <summary>Health workers, one an area, and supervisors, one a district.</summary>
    public int Users => Areas + Districts;

    private static int Scaled(int count, double scale) => Math.Max(1, (int)Math.Round(count * scale));
}
