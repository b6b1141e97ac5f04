using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Projects.Access;

/// <summary>
/// What an administrator runs once, and again when roles were added: makes the roles and the functions with which partners manage logins. It can be run any number of
/// times, by hand in psql too.
/// </summary>
public static class AccessScript
{
    public static string Of(AccessConfig access, ProjectKey key)
    {
        ArgumentNullException.ThrowIfNull(access);
        var roles = access.Roles.Select(role => $"({Identifier.Literal(access.NameOf(key.Project, role.Key))}, {Managed(access, key.Project, role.Value)})");
        return Sql.Read("Projects/Access/manage_access.sql")
            .Replace("{roles}", string.Join(",\n        ", roles), StringComparison.Ordinal)
            .Replace("{project}", Identifier.Literal(key.Project), StringComparison.Ordinal);
    }

    private static string Managed(AccessConfig access, string project, AccessRole role) =>
        $"array[{string.Join(", ", role.Manages.Select(managed => Identifier.Literal(access.NameOf(project, managed))))}]::text[]";
}
