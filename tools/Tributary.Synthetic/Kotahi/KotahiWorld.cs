namespace Tributary.Synthetic.Kotahi;

/// <summary>How much there is of everything, and when: pure functions of the seed, so nothing is kept in memory.</summary>
internal sealed class KotahiWorld(SyntheticOptions options)
{
    /// <summary>Since when there are activities.</summary>
    public static readonly DateTime Start = new(2023, 3, 1);

    /// <summary>The day of the first drop, in Auckland.</summary>
    public static readonly DateTime First = new(2026, 3, 1);

    /// <summary>Households come in blocks of twelve people.</summary>
    public const int Block = 12;

    public int Clients { get; } = Math.Max(48, (int)(40_000 * options.Scale));

    public int Activities { get; } = Math.Max(1_000, (int)(2_000_000 * options.Scale));

    public int Users => Math.Max(12, Clients / 150);

    public static int Services => KotahiWords.Services.Length;

    public int Tasks => Clients / 4;

    public int GroupActivities => Math.Max(10, Clients / 20);

    public int NewClientsADay => Math.Max(2, Clients / 2_000);

    public int NewActivitiesADay => Math.Max(20, Activities / 1_000);

    public int ChangedActivitiesADay => Math.Max(10, Activities / 2_000);

    public bool IsClean => options.Clean;

    public Chance Chance(string kind, long number) => Synthetic.Chance.Of(options.Seed, kind, number);

    /// <summary>When the drop of a night is made.</summary>
    public static DateTime DroppedAt(int night) => First.AddDays(night).AddMinutes(5).AddSeconds(12);

    public int ClientsAt(int night) => Clients + night * NewClientsADay;

    public int ActivitiesAt(int night) => Activities + night * NewActivitiesADay;

    /// <summary>Whether a client is still in the snapshot: a few vanish for good.</summary>
    public bool IsThere(int client, int night) => !Chance("client-gone", client).Happens(0.004) || Chance("client-gone-night", client).Between(1, 9) > night;

    /// <summary>The night, from 0, of the last change of a thing, none being later than <paramref name="night"/>.</summary>
    public int LastChange(string kind, int number, int night, double share)
    {
        for (var n = night; n > 0; n--)
        {
            if (Chance(kind, (long)number * 64 + n).Happens(share)) return n;
        }
        return 0;
    }

    /// <summary>When a client was entered.</summary>
    public DateTime CreatedAt(int client) => client < Clients
        ? Start.AddMinutes((long)((First - Start).TotalMinutes * client / Clients) / 2)
        : First.AddDays((client - Clients) / NewClientsADay).AddHours(9).AddMinutes((client - Clients) % NewClientsADay % 400);

    /// <summary>When an activity was entered: the numbers follow the time.</summary>
    public DateTime EnteredAt(int activity)
    {
        if (activity < Activities) return Start.AddSeconds((long)((First - Start).TotalSeconds * activity / Activities));
        var later = activity - Activities;
        return First.AddDays(later / NewActivitiesADay).AddHours(8).AddSeconds(later % NewActivitiesADay * 30_000L / NewActivitiesADay);
    }

    public int UserOf(Chance chance) => 1 + chance.Below(Users);

    /// <summary>What a modified thing says of when: in the day before the drop.</summary>
    public DateTime ModifiedAt(string kind, int number, int night) => First.AddDays(night - 1).AddHours(8).AddSeconds(Chance(kind + "-at", (long)number * 64 + night).Below(36_000));
}
