using Tributary.Core.Graph;
using Tributary.Core.Projects.Access;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Upkeep;

/// <summary>At the end of a run: the declared roles may read what the project says, whatever was made new meanwhile.</summary>
internal sealed class AccessUpkeep : Node
{
    private readonly AccessConfig access;
    private readonly string project;

    private AccessUpkeep(AccessConfig access, string project) => (this.access, this.project) = (access, project);

    public static AccessUpkeep Of(AccessConfig access, string project) => new(access, project)
    {
        Id = $"operation.{project}.access",
        Name = "access",
        Kind = NodeKind.Operation,
        DependsOn = [],
        At = access.At,
    };

    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) => Task.FromResult(Freshness.Stale("grants are looked at in every run"));

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        var changes = await AccessGrants.KeepAsync(context.Database, access, project, cancel);
        var missing = changes.Where(role => role.Value is null).Select(role => role.Key).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            return new Outcome.Warned(new UserError(ErrorCodes.AccessRoleMissing, access.At, $"Roles that are not in the database: {string.Join(", ", missing)}; nothing was granted to them.",
                "`tributary access apply` makes them; where the warehouse's role may not, `tributary access sql` prints what an administrator runs."), Counts.None);
        }
        var changed = changes.Values.Sum();
        return changed > 0 ? new Outcome.Succeeded(Counts.None, $"{changed} grants changed") : new Outcome.Skipped(SkipReason.Fresh, "grants are as declared");
    }
}
