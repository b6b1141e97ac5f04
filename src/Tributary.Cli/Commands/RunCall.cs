using Tributary.Core.Graph;
using Tributary.Core.Projects;
using Tributary.Core.Runs;

namespace Tributary.Cli.Commands;

/// <summary>One verb's wish: what it is called in the ledger, how it runs, and which plan it makes of the project.</summary>
internal sealed record RunCall(string Verb, RunOptions Options, Func<Project, Plan> Plan, string? Vars = null)
{
    /// <summary>The command line as the ledger keeps it: option names and their words; secrets are never on it.</summary>
    public static IReadOnlyDictionary<string, string> Words(Invocation invocation) => new Dictionary<string, string>
    {
        ["words"] = string.Join(' ', invocation.Parsed.Tokens.Select(token => token.Value)),
    };
}
