using System.Diagnostics;

namespace Tributary.Core.Postgres;

/// <summary>Runs one of PostgreSQL's programs to its end, as another system user when asked (root only).</summary>
internal static class ServerCommand
{
    /// <summary>Exit status, and what it wrote to both outputs; never an exception for a status that is not 0.</summary>
    public readonly record struct Result(int Status, string Output);

    /// <summary>The system user that servers run as: <c>postgres</c> for root (PostgreSQL refuses root), nobody else's otherwise.</summary>
    public static string? SystemUser => Environment.UserName == "root" ? "postgres" : null;

    public static async Task<Result> RunAsync(string? user, string program, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        using var process = Process.Start(Start(user, program, arguments))
            ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new Result(process.ExitCode, $"{await output}{await errors}".Trim());
    }

    /// <summary>
    /// What to start: with runuser for another user, in <c>/</c>, because that user need not be allowed into the current folder,
    /// and with the C locale, so that messages can be read by program.
    /// </summary>
    public static ProcessStartInfo Start(string? user, string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(user is null ? program : "runuser")
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (user is not null) AddAll(start, ["-u", user, "--", program]);
        AddAll(start, arguments);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static void AddAll(ProcessStartInfo start, IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
    }
}
