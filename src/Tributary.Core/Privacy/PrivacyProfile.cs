using Tributary.Core.Privacy.Masks;

namespace Tributary.Core.Privacy;

/// <summary>Which mask each class gets. Every class of <see cref="ColumnClass.All"/> has one.</summary>
public sealed record PrivacyProfile(string Name, IReadOnlyDictionary<string, Mask> Masks)
{
    public const string SafeHarborName = "safe-harbor";
    public const string EngageName = "engage";

    /// <summary>The default: the identifiers that 45 CFR 164.514(b)(2) lists are removed or made coarse.</summary>
    public static PrivacyProfile SafeHarbor { get; } = new(SafeHarborName, new Dictionary<string, Mask>
    {
        [ColumnClass.Safe] = new Keep(),
        [ColumnClass.Id] = new Digest(),
        [ColumnClass.PersonName] = new Remove(),
        [ColumnClass.Phone] = new Remove(),
        [ColumnClass.Email] = new Remove(),
        [ColumnClass.BirthDate] = new AgeYears(Over: 89),
        [ColumnClass.Address] = new Remove(),
        [ColumnClass.Zip] = new PopulousZip3(),
        [ColumnClass.Medicaid] = new Remove(),
        [ColumnClass.Date] = new Year(),
        [ColumnClass.FreeText] = new Remove(),
        [ColumnClass.Drop] = new Remove(),
    });

    /// <summary>
    /// The shapes that Engage's readers know. Weaker than Safe Harbor: phone digits, small ZIP areas, exact ages and dates of events remain.
    /// <paramref name="unkeyed"/> gives plain MD5 in place of the keyed digest.
    /// </summary>
    public static PrivacyProfile Engage(bool unkeyed = false) => new(EngageName, new Dictionary<string, Mask>
    {
        [ColumnClass.Safe] = new Keep(),
        [ColumnClass.Id] = new Digest(Digits: 32, unkeyed),
        [ColumnClass.PersonName] = new Redact(),
        [ColumnClass.Phone] = new LastFour(),
        [ColumnClass.Email] = new Redact(),
        [ColumnClass.BirthDate] = new AgeYears(),
        [ColumnClass.Address] = new Redact(),
        [ColumnClass.Zip] = new Zip3(),
        [ColumnClass.Medicaid] = new Redact(),
        [ColumnClass.Date] = new Keep(),
        [ColumnClass.FreeText] = new Remove(),
        [ColumnClass.Drop] = new Remove(),
    });
}
