using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Privacy;

/// <summary>The <c>privacy:</c> section of <c>tributary.yml</c>.</summary>
[Description("How the anonymous track is made.")]
public sealed record PrivacyOptions(
    SourcePosition At,
    [Default("[]")][Description("Models that get an anonymous twin: names or globs.")] IReadOnlyList<string> Anonymous,
    [Description("Which mask each class gets: safe-harbor or engage.")] string Profile = PrivacyProfile.SafeHarborName,
    [Description("The key of the digests, at least 32 characters. With the private cluster, one is made once and kept.")] Secret? Key = null,
    [Description("Profile engage only: plain MD5 in place of the keyed digest, as older exports had it. Can be undone by trying ids.")] bool Unkeyed = false,
    [Description("Other masks than the profile's, by class.")] IReadOnlyDictionary<string, Mask>? Masks = null,
    [Description("What a twin's name ends in.")] string Suffix = "_anon",
    [Description("The custom schema of the twins; default: that of the model's folder.")] string? Schema = null)
    : IValidated
{
    public void Validate(Validation check)
    {
        if (Profile is not (PrivacyProfile.SafeHarborName or PrivacyProfile.EngageName))
            check.Refuse("profile", $"there is no profile '{Profile}'", $"Use {PrivacyProfile.SafeHarborName} or {PrivacyProfile.EngageName}.");
        if (Unkeyed && Profile != PrivacyProfile.EngageName)
            check.Refuse("unkeyed", "an unkeyed digest belongs to profile engage", "Remove it: the keyed digest is stronger.");
        if (Suffix.Length == 0) check.Refuse("suffix", "a twin needs a name of its own", "Use `_anon`.");
        foreach (var name in (Masks?.Keys ?? []).Where(name => ColumnClass.Find(name) is null))
            check.Refuse("masks", $"there is no class '{name}'", ColumnClass.Hint);
    }

    /// <summary>The profile that the section asks for.</summary>
    public PrivacyProfile ToProfile()
    {
        var profile = Profile == PrivacyProfile.EngageName ? PrivacyProfile.Engage(Unkeyed) : PrivacyProfile.SafeHarbor;
        if (Masks is null) return profile;
        var masks = new Dictionary<string, Mask>(profile.Masks);
        foreach (var (name, mask) in Masks) masks[name] = mask;
        return profile with { Masks = masks };
    }
}
