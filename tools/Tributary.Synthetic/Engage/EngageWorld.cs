namespace Tributary.Synthetic.Engage;

/// <summary>Who works where and who is cared for by whom: pure functions of the seed, so nothing is kept in memory.</summary>
internal sealed class EngageWorld(SyntheticOptions options)
{
    /// <summary>The year that the data fill; the demo's <c>as_of</c> is its last day.</summary>
    public static readonly DateTime Start = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Nothing happens later than this.</summary>
    public static readonly DateTime End = new(2025, 12, 30, 0, 0, 0, DateTimeKind.Utc);

    public EngageSize Size { get; } = new(options.Scale);

    public QuestionnaireCatalog Questionnaires { get; } = QuestionnaireCatalog.Load();

    public Chance Chance(string kind, int number) => Synthetic.Chance.Of(options.Seed, kind, number);

    public Shares Shares(int total, params int[] weights) => new(options.Seed, Size.Patients, total, weights);

    /// <summary>The id of the <paramref name="number"/>th resource of a type.</summary>
    public string Id(string type, int number) => Synthetic.Chance.Of(options.Seed, "id/" + type, number).Uuid();

    public string Reference(string type, int number) => $"{type}/{Id(type, number)}";

    /// <summary>A few references are absolute or name a version, as servers do.</summary>
    public string Reference(string type, int number, Chance chance) => chance.Below(60) switch
    {
        0 => $"https://fhir.engage.example.org/r4/{Reference(type, number)}",
        1 => $"{Reference(type, number)}/_history/2",
        _ => Reference(type, number),
    };

    /// <summary>Larger organizations come first: the square of a fraction favours small numbers.</summary>
    public int OrganizationOf(Chance chance)
    {
        var fraction = chance.Fraction();
        return (int)(fraction * fraction * Size.Organizations);
    }

    /// <summary>One of the practitioners whose first role is at the organization.</summary>
    public int PractitionerAt(int organization, Chance chance)
    {
        var staff = (Size.Practitioners - organization + Size.Organizations - 1) / Size.Organizations;
        return staff <= 0 ? chance.Below(Size.Practitioners) : organization + chance.Below(staff) * Size.Organizations;
    }

    public int LocationAt(int organization) => organization % Size.Locations;

    public static (int Version, DateTime Updated) Meta(Chance chance, DateTime happened)
    {
        var version = chance.Below(8) switch { 0 => 2, 1 => 3, _ => 1 };
        return (version, happened.AddMilliseconds(chance.Below(3_600_000) * (long)version));
    }
}
