using System.Text.Json;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Projects.Access;

/// <summary>The database roles of a project: what each may read, and who may make logins for whom.</summary>
[Description("Database roles: what each may read, and who may make logins for whom.")]
public sealed record AccessConfig(
    SourcePosition At,
    [Description("Roles by name. In the database each bears the project's name in front (cht_analyst), unless it names itself.")] IReadOnlyDictionary<string, AccessRole> Roles) : IValidated
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "public", "none", "tributary", "tributary_admin", "tributary_access", "postgres" };

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        foreach (var (name, role) in Roles)
        {
            if (role.Name is { } own && (own.Length == 0 || own.StartsWith("pg_", StringComparison.Ordinal) || Reserved.Contains(own) || Identifier.Shorten(own) != own))
                check.Refuse("roles", $"{name}: '{own}' is no name for a role of a project", "Names begin with no pg_, are not those of Tributary's own roles, and have 63 bytes at most.");
            foreach (var managed in role.Manages.Where(managed => !Roles.ContainsKey(managed)))
                check.Refuse("roles", $"{name} manages '{managed}', which is not declared", Nearest.Hint(managed, [.. Roles.Keys]));
            foreach (var managed in role.Manages.Where(managed => Roles.TryGetValue(managed, out var other) && other.Manages.Count > 0))
                check.Refuse("roles", $"{name} manages '{managed}', which manages logins itself", "Who may make logins for that role is the administrator's to say.");
        }
    }

    /// <summary>The database's name of a declared role.</summary>
    public string NameOf(string project, string role) => Roles[role].Name ?? Identifier.Shorten($"{project}_{role}");

    /// <summary>Name and reads of each role, as <c>tributary.keep_grants</c> takes them.</summary>
    public string ToJson(string project) => JsonSerializer.Serialize(Roles.Select(role => new { name = NameOf(project, role.Key), read = role.Value.Read }));
}
