using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Core.Models.Packages;

/// <summary>A version of a package or of dbt: <c>1.2.3</c>, <c>1.2.3-beta.1</c>, with build marks that do not count.</summary>
internal sealed partial record SemanticVersion(long Major, long Minor, long Patch, string Prerelease = "") : IComparable<SemanticVersion>
{
    public bool IsPrerelease => Prerelease.Length > 0;

    /// <summary>Null when the text is not of the form <c>1.2.3</c>.</summary>
    public static SemanticVersion? Parse(string text)
    {
        var match = Form().Match(text.Trim());
        if (!match.Success) return null;
        return long.TryParse(match.Groups["major"].Value, CultureInfo.InvariantCulture, out var major)
            && long.TryParse(match.Groups["minor"].Value, CultureInfo.InvariantCulture, out var minor)
            && long.TryParse(match.Groups["patch"].Value, CultureInfo.InvariantCulture, out var patch)
            ? new SemanticVersion(major, minor, patch, match.Groups["pre"].Value)
            : null;
    }

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null) return 1;
        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (numbers != 0) return numbers;
        if (IsPrerelease != other.IsPrerelease) return IsPrerelease ? -1 : 1;
        return ComparePrereleases(Prerelease.Split('.'), other.Prerelease.Split('.'));
    }

    public override string ToString() => $"{Major}.{Minor}.{Patch}{(IsPrerelease ? "-" + Prerelease : "")}";

    /// <summary>Numbers by value and before words, words by letter, the longer list after its own beginning.</summary>
    private static int ComparePrereleases(string[] ours, string[] theirs)
    {
        for (var i = 0; i < Math.Min(ours.Length, theirs.Length); i++)
        {
            var isNumber = long.TryParse(ours[i], CultureInfo.InvariantCulture, out var a);
            var isNumberToo = long.TryParse(theirs[i], CultureInfo.InvariantCulture, out var b);
            var order = isNumber && isNumberToo ? a.CompareTo(b) : isNumber != isNumberToo ? (isNumber ? -1 : 1) : string.CompareOrdinal(ours[i], theirs[i]);
            if (order != 0) return order;
        }
        return ours.Length.CompareTo(theirs.Length);
    }

    [GeneratedRegex(@"^v?(?<major>0|[1-9][0-9]*)\.(?<minor>0|[1-9][0-9]*)\.(?<patch>0|[1-9][0-9]*)(-?(?<pre>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?(\+[0-9A-Za-z.-]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
