namespace Tributary.Core.Models.Packages;

/// <summary>The version of dbt whose behaviour this program has: what <c>dbt_version</c> says and <c>require-dbt-version</c> is compared with.</summary>
internal static class DbtRelease
{
    public const string Version = "1.10.13";

    public static SemanticVersion Number { get; } = new(1, 10, 13);
}
