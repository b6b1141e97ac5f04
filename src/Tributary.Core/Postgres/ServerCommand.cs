using System.Diagnostics;

namespace Tributary.Core.Postgres;

/// <summary>Runs one of PostgreSQL's programs to its end, as another system user when asked (root only).</summary>
internal static class ServerCommand
{
    /// <summary>Exit status, and what it wrote to both outputs; never an exception for a status that is not 0.</summary>
    public readonly record struct Result(int Status, string Output);

    /// <summary>The system user that servers run as: <c>postgres</c> for root (PostgreSQL refuses root), nobody else's otherwise.</summary>
    public static string? SystemUser => Environment.UserName == "root" ? "postgres" : null;

    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"];

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
    /// with the C locale, so that messages can be read by program, and without the rest of the environment: a server that stays
    /// must not hold the secrets of whoever started it, nor take settings from <c>PG…</c> variables.
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
        foreach (var name in start.Environment.Keys.Except(Kept).ToList()) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static void AddAll(ProcessStartInfo start, IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
    }
}
