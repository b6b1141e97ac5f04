using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Tributary.Cli.Output;

/// <summary>Log lines on stderr: time, level, run id, message. One line each, so that a collector can take them.</summary>
internal sealed class StderrLogger(TextWriter errors, TimeProvider clock, LogLevel least) : ILogger
{
    /// <summary>Set once the run has its id; every later line carries it.</summary>
    public string RunId { get; set; } = "-";

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && least != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var time = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var cause = exception is null ? "" : $" ({exception.GetType().Name})";
        errors.WriteLine($"{time} {logLevel.ToString().ToLowerInvariant()} {RunId} {formatter(state, exception)}{cause}");
    }
}
