using System.Diagnostics;
using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Exports.Backups;

/// <summary>Runs pg_dump and pg_restore: bytes go in or out, the password by the environment, and of what they say only lines without values are told.</summary>
internal static class BackupTool
{
    /// <summary>The program's output goes to a stream.</summary>
    public static Task ReadAsync(string program, NpgsqlConnectionStringBuilder address, IReadOnlyList<string> arguments, Stream to, string code, CancellationToken cancel) =>
        RunAsync(program, address, arguments, code, async process =>
        {
            process.StandardInput.Close();
            await process.StandardOutput.BaseStream.CopyToAsync(to, cancel);
        }, cancel);

    /// <summary>A stream goes to the program's input; what it writes is passed over.</summary>
    public static Task FeedAsync(string program, NpgsqlConnectionStringBuilder address, IReadOnlyList<string> arguments, Stream from, string code, CancellationToken cancel) =>
        RunAsync(program, address, arguments, code, async process =>
        {
            var passing = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancel);
            try
            {
                await from.CopyToAsync(process.StandardInput.BaseStream, cancel);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It stopped reading: it has what it wants, or its status says why.
            }
            await passing;
        }, cancel);

    private static async Task RunAsync(string program, NpgsqlConnectionStringBuilder address, IReadOnlyList<string> arguments, string code, Func<Process, Task> pump, CancellationToken cancel)
    {
        var start = await PsqlProgram.CommandAsync(address, arguments, cancel, program);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await pump(process);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0) throw new UserErrorException(code, null, $"{program} failed: {Reason(await errors)}", "Nothing that stood before was changed.");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>The first line of ours; lines of the server behind it can quote rows.</summary>
    private static string Reason(string said) =>
        said.Split('\n').FirstOrDefault(line => line.Contains(" error: ", StringComparison.Ordinal))?.Trim() ?? "it gave no reason";
}
