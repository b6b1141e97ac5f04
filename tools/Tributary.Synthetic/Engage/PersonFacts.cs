using System.Globalization;

namespace Tributary.Synthetic.Engage;

/// <summary>What identifies a person; the Patient resource and the questionnaires that ask for it tell the same.</summary>
internal sealed record PersonFacts(string Gender, string Given, string Family, string? BirthDate, string? Phone, string? Email, string Medicaid)
{
    private static readonly string[] Genders = ["female", "male"];

    public required string Street { get; init; }
    public required string City { get; init; }
    public required string State { get; init; }
    public required string? Zip { get; init; }

    public string FullName => $"{Given} {Family}";

    /// <summary>A person, with the gaps and odd forms that real registers have.</summary>
    public static PersonFacts Of(Chance chance, int number)
    {
        var gender = chance.Happens(0.03) ? "other" : chance.Pick(Genders);
        var given = chance.Pick(gender == "male" ? Words.GivenMale : Words.GivenFemale);
        var family = chance.Pick(Words.Family);
        var place = chance.Pick(Words.Places);
        return new PersonFacts(gender, given, family, BirthDateOf(chance), PhoneOf(chance), EmailOf(chance, given, family, number), MedicaidOf(chance))
        {
            Street = $"{chance.Between(1, 980)} {chance.Pick(Words.Streets)}",
            City = place.City,
            State = place.State,
            Zip = ZipOf(chance, place.Zip),
        };
    }

    /// <summary>A telephone number in one of the forms people write, or null.</summary>
    public static string? PhoneOf(Chance chance)
    {
        var line = chance.Between(100, 199);
        var area = chance.Between(201, 989);
        return chance.Below(25) switch
        {
            < 9 => $"({area}) 555-0{line}",
            < 15 => $"{area}-555-0{line}",
            < 19 => $"+1{area}5550{line}",
            19 => $"+44 20 7946 0{line}",
            20 => $"555-0{line}",
            21 => $"0{line % 100}",
            22 => " ",
            _ => null,
        };
    }

    private static string? BirthDateOf(Chance chance)
    {
        var kind = chance.Below(100);
        if (kind == 0) return null;
        var age = kind < 4 ? chance.Between(90, 101) : kind < 12 ? chance.Between(65, 89) : chance.Between(14, 64);
        var day = new DateTime(2025, 12, 31).AddYears(-age).AddDays(-chance.Below(365));
        return day.ToString(kind switch { 98 => "yyyy", 99 => "yyyy-MM", _ => "yyyy-MM-dd" }, CultureInfo.InvariantCulture);
    }

    private static string? EmailOf(Chance chance, string given, string family, int number) =>
        chance.Happens(0.7) ? $"{Plain(given)}.{Plain(family)}{number}@mail.example.org" : null;

    private static string MedicaidOf(Chance chance) =>
        string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + chance.Below(26))}{(char)('A' + chance.Below(26))}{chance.Below(100000):D5}{(char)('A' + chance.Below(26))}");

    private static string? ZipOf(Chance chance, string zip) => chance.Below(20) switch
    {
        < 13 => zip,
        < 17 => $"{zip}-{chance.Between(1000, 9999)}",
        17 => zip[..3],
        18 => "",
        _ => null,
    };

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
