using System.CommandLine;
using Tributary.Core.Text;

namespace Tributary.Cli;

/// <summary>What one call of the program may touch of its process: two streams and the environment.</summary>
internal sealed class ProgramCall : InvocationConfiguration
{
    public ProgramCall() => EnableDefaultExceptionHandler = false;

    public required EnvironmentVariables Environment { get; init; }

    public bool IsOutputRedirected { get; init; } = true;

    public bool IsErrorRedirected { get; init; } = true;

    /// <summary>Ctrl-C and SIGTERM interrupt it: it is the process's one call.</summary>
    public bool TakesSignals { get; init; }

    public static ProgramCall OfProcess() => new()
    {
        Environment = EnvironmentVariables.OfProcess(),
        TakesSignals = true,
        IsOutputRedirected = Console.IsOutputRedirected,
        IsErrorRedirected = Console.IsErrorRedirected,
    };
}
