using System.CommandLine;
using Tributary.Core.Runs;

namespace Tributary.Cli.Commands;

/// <summary><c>audit verify</c>: recompute the chain of the audit.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var verify = new Command("verify", "Recompute the hash chain of the audit.").WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            await using var connection = await session.Context.Database.OpenAsync(cancel);
            var broken = await Audit.VerifyAsync(connection, cancel);
            invocation.WriteLine(broken is null ? "The audit is whole." : $"The audit does not hold from entry {broken} on: an entry was changed or removed.");
            return broken is null ? 0 : 1;
        });
        return new Command("audit", "The append-only book of who did what.") { verify };
    }
}
