using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Graph.Selecting;

/// <summary>The method <c>version:</c>, and how versions of models follow one another: numbers as numbers, else as text.</summary>
internal static class Versions
{
    public static Func<Selectable, bool> Method(string value, Criterion wanted) => value switch
    {
        "latest" => item => item is { ResourceType: "model", Version: { } version } && version == item.LatestVersion,
        "prerelease" => item => Order(item) > 0,
        "old" => item => Order(item) < 0,
        "none" => item => item is { ResourceType: "model", Version: null },
        _ => throw new UserErrorException(ErrorCodes.UnknownSelector, null,
            $"The selection '{wanted.Text}' cannot be read: expected latest, prerelease, old or none."),
    };

    public static int Compare(string a, string b) =>
        double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && double.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            ? x.CompareTo(y)
            : string.CompareOrdinal(a, b);

    /// <summary>Before (-1) or behind (1) the latest version; 0 for what has none.</summary>
    private static int Order(Selectable item) =>
        item is { ResourceType: "model", Version: { } version, LatestVersion: { } latest } ? Math.Sign(Compare(version, latest)) : 0;
}
