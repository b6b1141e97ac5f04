using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Projects.Access;

/// <summary>One role: it cannot log in itself; logins are members of it.</summary>
public sealed record AccessRole(
    SourcePosition At,
    [Description("Schemas (use), or single relations (cht.contact), that it may read.")][Default("[]")] IReadOnlyList<string> Read,
    [Description("Roles for which its members may make logins that end, expire them and drop them.")][Default("[]")] IReadOnlyList<string> Manages,
    [Description("Its name in the database.")] string? Name = null);
