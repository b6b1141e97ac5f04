using System.Diagnostics;
using Npgsql;
using Tributary.Core.Postgres;

namespace Tributary.Bench.Dbt;

/// <summary>Some psql programs, each with its connection: the floor for everything that sends statements.</summary>
internal sealed class PsqlSessions : IAsyncDisposable
{
    private const string Mark = "all-done";

    private readonly List<Process> programs = [];

    public static async Task<PsqlSessions> OpenAsync(NpgsqlConnectionStringBuilder address, int count)
    {
        var sessions = new PsqlSessions();
        for (var i = 0; i < count; i++)
        {
            var start = await PsqlProgram.CommandAsync(address, ["-XqAt", "-v", "ON_ERROR_STOP=1"], CancellationToken.None);
            start.RedirectStandardInput = true;
            start.RedirectStandardOutput = true;
            sessions.programs.Add(Process.Start(start)!); // it is a program, not a document
        }
        await sessions.RunAsync([]);
        return sessions;
    }

    /// <summary>Sends the statements, dealt out in turn; ends when the last one is done.</summary>
    public Task RunAsync(IReadOnlyList<string> statements) =>
        Task.WhenAll(programs.Select((program, number) => RunAsync(program, [.. statements.Where((_, i) => i % programs.Count == number)])));

    private static async Task RunAsync(Process program, IReadOnlyList<string> statements)
    {
        foreach (var statement in statements) await program.StandardInput.WriteAsync(statement + "\n");
        await program.StandardInput.WriteAsync($"\\echo {Mark}\n");
        await program.StandardInput.FlushAsync();
        while (await program.StandardOutput.ReadLineAsync() is var line && line != Mark)
        {
            if (line is null) throw new InvalidOperationException("psql ended: a statement of the floor is wrong.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in programs)
        {
            program.StandardInput.Close();
            await program.WaitForExitAsync();
            program.Dispose();
        }
    }
}
