using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Jinja.Syntax;

namespace Tributary.Core.Models.Running;

/// <summary>
/// The project's macros that stand in for the engine's, or that are materializations: when one changes, what it builds may
/// change without any model's SQL changing.
/// </summary>
internal static class MacroOverrides
{
    public static string Hash(MacroLibrary macros)
    {
        var engine = macros.NamesIn(EmbeddedMacros.Package).Select(Plain).ToHashSet(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var macro in macros.All.Where(macro => macro.Package != EmbeddedMacros.Package).OrderBy(macro => macro.Id, StringComparer.Ordinal))
        {
            if (macro.Macro.Kind == MacroKind.Materialization || engine.Contains(Plain(macro.Name))) hash.AppendData(Encoding.UTF8.GetBytes(macro.Macro.Text));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Plain(string name)
    {
        foreach (var prefix in new[] { "default__", "postgres__" })
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return name[prefix.Length..];
        }
        return name;
    }
}
