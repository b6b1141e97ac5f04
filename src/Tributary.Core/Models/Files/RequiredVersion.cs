using Tributary.Core.Models.Packages;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary><c>require-dbt-version</c>: whether a project or package wants the dbt whose behaviour this program has.</summary>
internal static class RequiredVersion
{
    private const string Key = "require-dbt-version";

    public static void Check(DbtProject project, Problems problems)
    {
        if (project.Tree?.Find(Key) is not { } node || node is YamlScalar { IsNull: true }) return;
        string[] texts = node switch
        {
            YamlScalar scalar => [scalar.Text],
            YamlList list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
            _ => [""],
        };
        if (VersionRange.Parse(texts, out var wrong) is not { } range)
            problems.Add(ErrorCodes.InvalidValue, node.At, $"'{Excerpt.Of(wrong ?? "")}' is no version", $"Write {Key}: \">=1.6.0\" or a list of bounds.");
        else if (!range.Admits(DbtRelease.Number))
            problems.Add(ErrorCodes.ConfigVersion, node.At, $"'{project.Name}' wants dbt {range}; this program behaves as dbt {DbtRelease.Version}",
                $"Use a version of '{project.Name}' for dbt {DbtRelease.Number.Major}.{DbtRelease.Number.Minor}, or pass --no-version-check.");
    }
}
