using System.Globalization;

namespace Tributary.Cli.Output;

/// <summary>Numbers as people read them: <c>12,345 rows</c>, <c>1.2 MB</c>, <c>0.8 s</c>, <c>2:03</c>.</summary>
internal static class Quantity
{
    public static string Count(long count, string unit) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? unit : unit + "s")}";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => Scaled(bytes / 1e3, "kB"),
        < 1_000_000_000 => Scaled(bytes / 1e6, "MB"),
        _ => Scaled(bytes / 1e9, "GB"),
    };

    public static string Duration(TimeSpan time) =>
        time < TimeSpan.FromMinutes(1) ? Scaled(time.TotalSeconds, "s")
        : time < TimeSpan.FromHours(1) ? $"{(int)time.TotalMinutes}:{time.Seconds:00}"
        : $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}";

    public static string Rate(long count, TimeSpan time) =>
        time.TotalSeconds < 0.05 ? "" : $"{(count / time.TotalSeconds).ToString("N0", CultureInfo.InvariantCulture)} rows/s";

    private static string Scaled(double value, string unit) => $"{value.ToString(value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)} {unit}";
}
