namespace Tributary.Synthetic.Kotahi;

/// <summary>One type of activity, and how often it happens among a thousand.</summary>
internal sealed record ActivityKind(int Id, string Name, string Category, int Weight)
{
    /// <summary>A type that appears with the fifth night, with a story in a field that nobody declared.</summary>
    public const int New = 99;

    public static readonly ActivityKind[] All =
    [
        new(1, "Phone call", "Contact", 220), new(2, "Home visit", "Contact", 150), new(3, "Narrative Case Notes", "Narrative", 120), new(4, "Email", "Contact", 90),
        new(5, "Discharge", "Exit", 15), new(8, "Needs assessment", "Assessment", 60), new(12, "Goal plan review", "Plan", 60), new(14, "Group session", "Group", 55),
        new(20, "Referral", "Referral", 40), new(21, "Tupaia allocation", "Tupaia", 30), new(22, "Tupaia needs assessment", "Tupaia", 30), new(23, "Tupaia pathway", "Tupaia", 40),
        new(27, "Whānau Ora request submission", "Request", 50), new(33, "Discharge - lost contact", "Exit", 10), new(40, "Financial summary", "Financial", 30),
        new(New, "Hui with whānau", "Contact", 0),
    ];

    private static readonly int Total = All.Sum(kind => kind.Weight);

    public static int Pick(Chance chance)
    {
        var drawn = chance.Below(Total);
        foreach (var kind in All)
        {
            if ((drawn -= kind.Weight) < 0) return kind.Id;
        }
        return 1;
    }
}
