using System.CommandLine;

namespace Tributary.Cli.Commands;

/// <summary>Every verb, one file each.</summary>
internal static class Verbs
{
    public static IEnumerable<Command> All() => [InitCommand.Create(), DbCommand.Create()];
}
