using System.Diagnostics;
using System.Globalization;

namespace Tributary.Bench.Dbt;

/// <summary>
/// One call of the program as its users make it, without the launcher: its time on the wall, the processors' time that it took itself
/// (what others do on the machine disturbs that less), its largest memory, what it printed.
/// </summary>
internal sealed record ProgramCall(double Seconds, double ProcessorSeconds, double Megabytes, string Output)
{
    /// <summary>The Release build beside this one.</summary>
    private static readonly string Executable = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Tributary.Cli", "release", "tributary"));

    public static async Task<ProgramCall> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, [.. arguments, "--project-dir", folder, "--profiles-dir", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var begin = TimeProvider.System.GetTimestamp();
        using var program = Process.Start(start) ?? throw new InvalidOperationException($"{Executable} cannot be started: build it in Release.");
        var watch = WatchAsync(program.Id);
        var errors = program.StandardError.ReadToEndAsync();
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        if (program.ExitCode != 0) throw new InvalidOperationException($"tributary {string.Join(' ', arguments)} ended with {program.ExitCode}:\n{await errors}");
        var (processor, memory) = await watch;
        return new ProgramCall(seconds, processor, memory, output);
    }

    /// <summary>The kernel's own counters, read until the program is gone.</summary>
    private static async Task<(double ProcessorSeconds, double Megabytes)> WatchAsync(int id)
    {
        const int EachMilliseconds = 10;
        const double TicksInSecond = 100;
        var (ticks, peak) = (0.0, 0.0);
        try
        {
            while (true)
            {
                var times = (await File.ReadAllTextAsync($"/proc/{id}/stat")).Split(") ")[^1].Split(' '); // fields 14 and 15 of proc(5)
                var line = (await File.ReadAllLinesAsync($"/proc/{id}/status")).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                ticks = Math.Max(ticks, double.Parse(times[11], CultureInfo.InvariantCulture) + double.Parse(times[12], CultureInfo.InvariantCulture));
                if (line is null) return (ticks / TicksInSecond, peak);
                peak = double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1000;
                await Task.Delay(EachMilliseconds);
            }
        }
        catch (IOException)
        {
            return (ticks / TicksInSecond, peak);
        }
    }
}
