namespace Tributary.Synthetic.Engage;

/// <summary>One person's way through the programme: what all resources about that person agree on.</summary>
internal sealed record PatientStory(int Number, string Id, PersonFacts Person)
{
    public string Reference => $"Patient/{Id}";
    public required int Organization { get; init; }
    public required int Practitioner { get; init; }
    public required DateTime Registered { get; init; }
    public required bool NeedsCounselling { get; init; }
    public required bool InHardship { get; init; }

    /// <summary>How unwell the person is at the start, from 0 to 1; it falls with every session.</summary>
    public required double Severity { get; init; }

    public required IReadOnlyList<Visit> Visits { get; init; }

    /// <summary>One encounter: its number over all people, when it began and who led it.</summary>
    internal sealed record Visit(int Number, DateTime Start, int Practitioner);

    public static PatientStory Of(EngageWorld world, int number, (int First, int Count) encounters)
    {
        var chance = world.Chance("Patient", number);
        var person = PersonFacts.Of(chance, number);
        var organization = world.OrganizationOf(chance);
        var practitioner = world.PractitionerAt(organization, chance);
        var registered = EngageWorld.Start.AddDays(chance.Below(320)).AddMinutes(chance.Below(1440));
        return new PatientStory(number, world.Id("Patient", number), person)
        {
            Organization = organization,
            Practitioner = practitioner,
            Registered = registered,
            NeedsCounselling = chance.Happens(0.62),
            InHardship = chance.Happens(0.41),
            Severity = chance.Fraction(),
            Visits = Walk(world, chance, registered, encounters, (organization, practitioner)),
        };
    }

    /// <summary>Spreads the encounters over the days that are left, about two weeks apart when there is room.</summary>
    private static Visit[] Walk(EngageWorld world, Chance chance, DateTime registered, (int First, int Count) encounters, (int Organization, int Practitioner) main)
    {
        var left = (EngageWorld.End - registered).TotalMinutes;
        var step = Math.Min(left / Math.Max(encounters.Count, 1), TimeSpan.FromDays(14).TotalMinutes);
        var visits = new Visit[encounters.Count];
        for (var i = 0; i < visits.Length; i++)
        {
            var start = registered.AddMinutes(Math.Floor(step * i + chance.Fraction() * step * 0.8));
            visits[i] = new Visit(encounters.First + i, start, chance.Happens(0.8) ? main.Practitioner : world.PractitionerAt(main.Organization, chance));
        }

        return visits;
    }
}
