using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Tributary.Tests.Live.Support;

/// <summary>The real program as a process of its own, as a user runs it; can be killed.</summary>
internal sealed class TributaryProcess : IDisposable
{
    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private TributaryProcess(Process process)
    {
        this.process = process;
        output = ReadAsync(process.StandardOutput);
        errors = ReadAsync(process.StandardError);
    }

    private async Task<string> ReadAsync(StreamReader stream)
    {
        var text = new StringBuilder();
        while (await stream.ReadLineAsync(CancellationToken.None) is { } line)
        {
            text.Append(line).Append('\n');
            lines.Writer.TryWrite(line);
        }
        return text.ToString();
    }

    /// <summary>The next line, of either stream, that fits; those before it are passed over. Fails when the program ends without one.</summary>
    public async Task<string> LineAsync(Func<string, bool> fits)
    {
        _ = Task.WhenAll(output, errors).ContinueWith(_ => lines.Writer.TryComplete(), TaskScheduler.Default);
        await foreach (var line in lines.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (fits(line)) return line;
        }
        throw new InvalidOperationException($"The program ended without the line.\n{await output}\n{await errors}");
    }

    /// <summary>What users start; in Release its libraries are compiled ahead of time, which those beside the tests are not.</summary>
    public static string Built { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Tributary.Cli", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "tributary"));

    /// <summary>The program hears Ctrl-C also where the tests run in the background, whose children a shell makes deaf to it.</summary>
    public static TributaryProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartProgram(Path.Combine(AppContext.BaseDirectory, "tributary"), environment, arguments);

    private static TributaryProcess StartProgram(string program, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new TributaryProcess(Process.Start(start) ?? throw new InvalidOperationException("The program did not start."));
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<ProcessResult> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var started = Start(environment, arguments);
        return await started.EndAsync();
    }

    /// <summary>Runs <see cref="Built"/> to the end.</summary>
    public static async Task<ProcessResult> RunBuiltAsync(params string[] arguments)
    {
        using var started = StartProgram(Built, new Dictionary<string, string>(), arguments);
        return await started.EndAsync();
    }

    public async Task<ProcessResult> EndAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ProcessResult(process.ExitCode, await output, await errors);
    }

    public bool HasEnded => process.HasExited;

    /// <summary>SIGKILL: nothing in the program can react.</summary>
    public void Kill() => process.Kill();

    /// <summary>What Ctrl-C sends.</summary>
    public void Interrupt() => Send("INT");

    /// <summary>SIGTERM: what a service manager sends.</summary>
    public void Terminate() => Send("TERM");

    /// <summary>SIGSTOP: it stands still and does not know it.</summary>
    public void Stop() => Send("STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Continue() => Send("CONT");

    private void Send(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}

/// <summary>How a process ended and what it printed.</summary>
internal sealed record ProcessResult(int Status, string Output, string Errors)
{
    /// <summary>Fails the test with all that was printed unless the status is the expected one.</summary>
    public ProcessResult Expect(int status)
    {
        Assert.True(Status == status, $"exit status {Status}, expected {status}\n--- stdout\n{Output}\n--- stderr\n{Errors}");
        return this;
    }
}
