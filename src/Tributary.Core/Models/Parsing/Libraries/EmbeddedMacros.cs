using Tributary.Core.Models.Files;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing.Libraries;

/// <summary>The engine's own package, named <c>dbt</c> because packages call it so: macros and materializations that a project may override.</summary>
internal static class EmbeddedMacros
{
    public const string Package = "dbt";

    public static IReadOnlyList<SqlFile> Files { get; } = [.. typeof(EmbeddedMacros).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("Models/Macros/", StringComparison.Ordinal) || name.StartsWith("Models/Materializations/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => new SqlFile(Package, $"tributary/{name["Models/".Length..]}", [], Path.GetFileNameWithoutExtension(name), Sql.Read(name)))];
}
