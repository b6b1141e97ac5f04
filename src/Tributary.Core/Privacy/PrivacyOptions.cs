using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>The <c>privacy:</c> section of <c>tributary.yml</c>.</summary>
[Description("How the anonymous track is made.")]
public sealed record PrivacyOptions
{
    [Description("Which mask each class gets: safe-harbor (default) or engage.")]
    public PrivacyProfileName Profile { get; init; } = PrivacyProfileName.SafeHarbor;

    [Description("The key of the digests, at least 32 characters, from the environment or the secrets file. Default with the private cluster: made once and kept.")]
    public Secret? Key { get; init; }

    [Description("Profile engage only: plain MD5 in place of the keyed digest, as older exports had it. Can be undone by trying ids.")]
    public bool Unkeyed { get; init; }

    [Description("Models that get an anonymous twin: names or globs.")]
    public IReadOnlyList<string> Anonymous { get; init; } = [];

    [Description("What a twin's name ends in.")]
    public string Suffix { get; init; } = "_anon";

    [Description("The custom schema of the twins; default: that of the model's folder.")]
    public string? Schema { get; init; }

    /// <summary>The profile that the section asks for.</summary>
    public PrivacyProfile ToProfile() =>
        Profile == PrivacyProfileName.Engage ? PrivacyProfile.Engage(Unkeyed) : PrivacyProfile.SafeHarbor;
}
