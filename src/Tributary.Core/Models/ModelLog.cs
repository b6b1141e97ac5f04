using Microsoft.Extensions.Logging;

namespace Tributary.Core.Models;

/// <summary>What models log; ids 3000 to 3099.</summary>
internal static partial class ModelLog
{
    [LoggerMessage(EventId = 3001, Message = "{File}: {Message}")]
    public static partial void FromTemplate(ILogger logger, LogLevel level, string file, string message);

    [LoggerMessage(3003, LogLevel.Information, "{Model} waits: {Relation} is being written by {Holder}")]
    public static partial void Waits(ILogger logger, string model, string relation, string holder);

    [LoggerMessage(3002, LogLevel.Warning, "{Place}: {Message}")]
    public static partial void Warning(ILogger logger, string place, string message);
}
