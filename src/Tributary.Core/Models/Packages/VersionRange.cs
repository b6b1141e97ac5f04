namespace Tributary.Core.Models.Packages;

/// <summary>
/// Which versions are good: bounds such as <c>&gt;=1.2.0</c> and <c>&lt;2.0.0</c> that must all hold, or one version. No bounds: any.
/// </summary>
internal sealed class VersionRange
{
    /// <summary>Longer ones first.</summary>
    private static readonly string[] Signs = [">=", "<=", ">", "<", "="];

    private readonly IReadOnlyList<Bound> bounds;

    private VersionRange(IReadOnlyList<Bound> bounds) => this.bounds = bounds;

    private readonly record struct Bound(string Sign, SemanticVersion Version)
    {
        public bool Admits(SemanticVersion version)
        {
            var order = version.CompareTo(Version);
            return Sign switch
            {
                ">=" => order >= 0,
                ">" => order > 0,
                "<=" => order <= 0,
                "<" => order < 0 && !IsNextOnesPrerelease(version),
                _ => order == 0,
            };
        }

        /// <summary>2.0.0-rc1 comes before 2.0.0 and is not meant by <c>&lt;2.0.0</c>.</summary>
        private bool IsNextOnesPrerelease(SemanticVersion version) =>
            version.IsPrerelease && !Version.IsPrerelease && (version.Major, version.Minor, version.Patch) == (Version.Major, Version.Minor, Version.Patch);

        public override string ToString() => Sign + Version;
    }

    /// <summary>True when the one version that counts is written out: <c>1.2.3</c> or <c>=1.2.3</c>.</summary>
    public bool IsExact => bounds.Any(bound => bound.Sign == "=");

    /// <summary>True when a bound itself is a version before a release: such versions are then wanted.</summary>
    public bool NamesPrerelease => bounds.Any(bound => bound.Version.IsPrerelease);

    /// <summary>
    /// Reads one text or several; each may hold bounds between commas. <paramref name="wrong"/> is the first piece that is no
    /// version; the result is null then.
    /// </summary>
    public static VersionRange? Parse(IEnumerable<string> texts, out string? wrong)
    {
        var bounds = new List<Bound>();
        foreach (var piece in texts.SelectMany(text => text.Split(',')).Select(piece => piece.Trim()))
        {
            var sign = Signs.FirstOrDefault(piece.StartsWith) ?? "";
            if (SemanticVersion.Parse(piece[sign.Length..]) is not { } version)
            {
                wrong = piece;
                return null;
            }
            bounds.Add(new Bound(sign.Length == 0 ? "=" : sign, version));
        }
        wrong = null;
        return new VersionRange(bounds);
    }

    public bool Admits(SemanticVersion version) => bounds.All(bound => bound.Admits(version));

    public override string ToString() => bounds.Count == 0 ? "any version" : string.Join(",", bounds);
}
