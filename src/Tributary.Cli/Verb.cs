using System.CommandLine;
using Npgsql;
using Spectre.Console;
using Tributary.Core.Text;

namespace Tributary.Cli;

/// <summary>
/// What every verb shares: its place in the command line, and the one place where what went wrong becomes an exit status.
/// 0 done; 1 a step failed; 2 the project is wrong; 3 an outside system cannot be reached; 130 interrupted.
/// </summary>
internal static class Verb
{
    public static Command WithAction(this Command command, Func<Invocation, CancellationToken, Task<int>> run)
    {
        command.SetAction((parsed, cancel) => GuardedAsync(new Invocation(parsed), run, cancel));
        return command;
    }

    private static async Task<int> GuardedAsync(Invocation invocation, Func<Invocation, CancellationToken, Task<int>> run, CancellationToken cancel)
    {
        try
        {
            return await run(invocation, cancel);
        }
        catch (UserErrorException wrong)
        {
            foreach (var error in wrong.Errors) invocation.Complain(error.ToString());
            if (wrong.Errors.Count > 1) invocation.Complain($"{wrong.Errors.Count} problems.");
            return 2;
        }
        catch (TransientException unreachable)
        {
            invocation.Complain(unreachable.Message);
            return 3;
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            invocation.Complain("Interrupted. What was committed before stands; nothing is half done.");
            return 130;
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            invocation.Complain($"This is a defect of Tributary; please report it.\n{Shown(defect)}");
            return 1;
        }
    }

    /// <summary>A server's message can quote values of the data; only its SQLSTATE is shown.</summary>
    private static string Shown(Exception defect) =>
        defect is PostgresException refused ? $"PostgreSQL refused a statement of ours (SQLSTATE {refused.SqlState}).\n{defect.StackTrace}" : defect.ToString();

    public static void Complain(this Invocation invocation, string text) => invocation.Errors.Write(new Text(text + "\n", new Style(Color.Red)));

    /// <summary>Something that deserves a look and stops nothing.</summary>
    public static void Warn(this Invocation invocation, string text) => invocation.Errors.Write(new Text($"warning: {text}\n", new Style(Color.Yellow)));
}
