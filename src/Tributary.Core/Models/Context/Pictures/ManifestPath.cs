using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Context.Pictures;

/// <summary>A node's file in the words of dbt's manifest: below its package's folder, and below the folder of models.</summary>
internal static class ManifestPath
{
    private const string Installed = "dbt_packages/";

    /// <summary><c>models/staging/a.sql</c>, also for a package that lies in <c>dbt_packages/</c>.</summary>
    public static string Original(ParsedNode node) => Original(node.Test is null && !node.IsUnitTest ? node.Path : node.At.File);

    public static string Original(string path)
    {
        if (!path.StartsWith(Installed, StringComparison.Ordinal)) return path;
        var end = path.IndexOf('/', Installed.Length);
        return end < 0 ? path : path[(end + 1)..];
    }

    /// <summary><c>staging/a.sql</c>: the folders that its name has, and its file.</summary>
    public static string Below(ParsedNode node)
    {
        var parts = node.Path.Split('/');
        if (node.Test is not null) return parts[^1];
        var kept = Math.Clamp(node.Fqn.Count - 1, 1, parts.Length);
        return string.Join('/', parts[^kept..]);
    }
}
