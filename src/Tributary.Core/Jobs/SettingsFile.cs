using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary><c>settings.yml</c>: which settings there are and what they may hold.</summary>
[Description("The settings that operators may change at run time.")]
public sealed record SettingsFile(
    SourcePosition At,
    [Description("By name; {year} in a name stands for each year from `from_year` on.")][Default("{}")] IReadOnlyDictionary<string, SettingDeclaration> Settings) : IValidated
{
    public const string Name = "settings.yml";

    private const string Year = "{year}";

    public static readonly SettingsFile Empty = new(new SourcePosition(Name), new Dictionary<string, SettingDeclaration>());

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        foreach (var (name, declaration) in Settings)
        {
            if (!Identifier.IsPlainName(name.Replace(Year, "2025", StringComparison.Ordinal).Replace('.', '_')) || name.Split(Year).Length > 2)
                check.Refuse("settings", $"'{Excerpt.Of(name)}' is no name for a setting", "Use letters, digits, . - and _, and {year} once at most.");
            if (name.Contains(Year, StringComparison.Ordinal) != declaration.FromYear is not null)
                check.Refuse("settings", $"'{name}': {{year}} in a name and from_year go together");
        }
    }

    /// <summary>The declaration that a setting's name falls under; null when it is not declared.</summary>
    public SettingDeclaration? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Settings.TryGetValue(name, out var exact) && exact.FromYear is null) return exact;
        foreach (var (pattern, declaration) in Settings)
        {
            var split = pattern.IndexOf(Year, StringComparison.Ordinal);
            if (split < 0 || name.Length != pattern.Length - Year.Length + 4) continue;
            var digits = name.AsSpan(split, 4);
            if (!digits.ContainsAnyExceptInRange('0', '9') && pattern.Replace(Year, digits.ToString(), StringComparison.Ordinal) == name && int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) >= declaration.FromYear)
                return declaration;
        }
        return null;
    }

    /// <summary>The settings that should be there on a day, with their declarations, in order of names.</summary>
    public IEnumerable<(string Name, SettingDeclaration Declaration)> Expected(DateOnly today) => Settings
        .SelectMany(entry => entry.Value.FromYear is { } first
            ? Enumerable.Range(first, Math.Max(0, today.Year - first + 1)).Select(year => (OfYear(entry.Key, year), entry.Value))
            : [(entry.Key, entry.Value)])
        .OrderBy(entry => entry.Item1, StringComparer.Ordinal);

    /// <summary>Those that the next year will need, when it is near.</summary>
    public IEnumerable<(string Name, SettingDeclaration Declaration)> ExpectedSoon(DateOnly today) => Settings
        .Where(entry => entry.Value.FromYear is { } first && today.AddDays((int)entry.Value.WarnAhead.TotalDays).Year > today.Year && first <= today.Year + 1)
        .Select(entry => (OfYear(entry.Key, today.Year + 1), entry.Value))
        .OrderBy(entry => entry.Item1, StringComparer.Ordinal);

    private static string OfYear(string name, int year) => name.Replace(Year, year.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
