using System.Diagnostics;
using System.Globalization;

namespace Tributary.Bench.Dbt;

/// <summary>One call of the program as its users make it, without the launcher: its time on the wall, its largest memory, what it printed.</summary>
internal sealed record ProgramCall(double Seconds, double Megabytes, string Output)
{
    /// <summary>The Release build beside this one.</summary>
    private static readonly string Executable = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Tributary.Cli", "release", "tributary"));

    public static async Task<ProgramCall> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, [.. arguments, "--project-dir", folder, "--profiles-dir", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var begin = TimeProvider.System.GetTimestamp();
        using var program = Process.Start(start) ?? throw new InvalidOperationException($"{Executable} cannot be started: build it in Release.");
        var memory = WatchAsync(program.Id);
        var errors = program.StandardError.ReadToEndAsync();
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        if (program.ExitCode != 0) throw new InvalidOperationException($"tributary {string.Join(' ', arguments)} ended with {program.ExitCode}:\n{await errors}");
        return new ProgramCall(seconds, await memory, output);
    }

    /// <summary>The kernel's own high-water mark, read until the program is gone.</summary>
    private static async Task<double> WatchAsync(int id)
    {
        const int EachMilliseconds = 10;
        var peak = 0.0;
        try
        {
            while (true)
            {
                var line = (await File.ReadAllLinesAsync($"/proc/{id}/status")).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is null) return peak;
                peak = double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1000;
                await Task.Delay(EachMilliseconds);
            }
        }
        catch (IOException)
        {
            return peak;
        }
    }
}
