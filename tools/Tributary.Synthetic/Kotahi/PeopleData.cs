namespace Tributary.Synthetic.Kotahi;

/// <summary>Clients, how they belong together, and the staff.</summary>
internal sealed class PeopleData(KotahiWorld world)
{
    private static readonly string[] Roles = ["Navigator", "Social worker", "Nurse", "Team lead", "Kaimahi"];

    private static readonly int[][] Households = [[3, 1, 4, 2, 2], [1, 5, 2, 4], [6, 1, 1, 3, 1], [2, 2, 2, 2, 4], [7, 5]];

    public const string ClientColumns =
        "ClientID, NHI, FirstName, LastName, DateOfBirth, Gender, Ethnicity1ID, Ethnicity2ID, DhbID, ProviderID, Locality, Address, Phone, Email, CreatedDate, ModifiedDate, IsConfidential";

    public IEnumerable<Dataset> All() =>
    [
        Dataset.Of("Clients", ClientColumns, WriteClients),
        Dataset.Of("ClientIwi", "ClientIwiID, ClientID, IwiID", (file, _) => WriteSome(file, Math.Min(20, world.Clients), (i, chance) => file.Number(i).Number(i).Number(1 + chance.Below(KotahiWords.Iwi.Length)))),
        Dataset.Of("ClientRelationships", "RelationshipID, RelationshipTypeID, StartDate, EndDate", (file, night) => WriteRelationships(night, file, null)),
        Dataset.Of("ClientRelationshipParticipants", "ParticipantID, RelationshipID, ClientID, Role", (file, night) => WriteRelationships(night, null, file)),
        Dataset.Of("Users", "UserID, FirstName, LastName, Email, Role, IsActive, IwiID", WriteUsers),
        Dataset.Of("UserLocalities", "UserLocalityID, UserID, Locality", (file, _) => WriteSome(file, world.Users, (i, chance) => file.Number(i).Number(i).Text(chance.Pick(KotahiWords.Localities)))),
        Dataset.Of("UserServices", "UserServiceID, UserID, ServiceID", (file, _) => WriteSome(file, world.Users * 2, (i, chance) => file.Number(i).Number((i + 1) / 2).Number(1 + chance.Below(KotahiWorld.Services)))),
    ];

    private void WriteSome(CsvFile file, int count, Action<int, Chance> write)
    {
        for (var i = 1; i <= count; i++)
        {
            write(i, world.Chance("some", i));
            file.End();
        }
    }

    private void WriteClients(CsvFile file, Night night)
    {
        var count = world.ClientsAt(night.Number);
        if (night.Has("Clients", "shrunk")) count /= 4;
        for (var i = 0; i < count; i++)
        {
            if (world.IsThere(i, night.Number)) WriteClient(file, i, night.Number);
        }
    }

    private void WriteClient(CsvFile file, int i, int night)
    {
        var (chance, created) = (world.Chance("client", i), world.CreatedAt(i));
        var changed = world.LastChange("client-change", i, night, 0.003);
        var moved = world.Chance("client-version", (long)i * 64 + changed);
        var household = world.Chance("household-place", i / 4);
        file.Number(i + 1).Text(NhiOf(i, chance)).Text(chance.Pick(KotahiWords.Given)).Text(chance.Pick(KotahiWords.Family));
        file.Day(chance.Happens(0.01) ? null : new DateTime(1940, 1, 1).AddDays(chance.Below(31_000))).Text(chance.Pick(["F", "F", "F", "M", "M", "X"]));
        file.Number(1 + chance.Below(KotahiWords.Ethnicities.Length)).Number(chance.Happens(0.2) ? 1 + chance.Below(KotahiWords.Ethnicities.Length) : null);
        file.Number(1 + household.Below(KotahiWords.Dhbs.Length)).Number(1 + chance.Below(60));
        file.Text((changed > 0 ? moved : household).Pick(KotahiWords.Localities)).Text($"{moved.Between(1, 200)} {moved.Pick(KotahiWords.Streets)}");
        file.Text(chance.Happens(0.1) ? null : $"021 555 {chance.Below(10_000):0000}").Text(chance.Happens(0.4) ? null : $"client{i + 1}@example.org");
        file.Time(created).Time(changed > 0 ? world.ModifiedAt("client", i, changed) : created).Flag(chance.Happens(0.01)).End();
    }

    /// <summary>Most have a valid number of the old or the new form; some have none, a wrong one, that of another, or one typed carelessly.</summary>
    public static string? NhiOf(int i, Chance chance)
    {
        var valid = chance.Happens(0.7) && i < 576_000 ? Nhi.Old(i) ?? Nhi.New(i) : Nhi.New(i);
        return chance.Below(1000) switch
        {
            < 20 => null,
            < 25 => string.Concat(valid.AsSpan(0, 6), char.IsAsciiDigit(valid[6]) ? $"{(valid[6] - '0' + 1) % 10}" : valid[6] == 'A' ? "B" : "A"),
            < 27 => Nhi.Draft(i),
            < 30 => Nhi.New(Math.Max(0, i - 1)),
#pragma warning disable CA1308 // careless typing is the point
            < 35 => $" {valid.ToLowerInvariant()}",
#pragma warning restore CA1308
            _ => valid,
        };
    }

    /// <summary>Blocks of twelve people fall into households; in a household each is tied to one before. A few ties have ended, a few join two blocks.</summary>
    private void WriteRelationships(Night night, CsvFile? ties, CsvFile? participants)
    {
        long number = 0, participant = 0;
        for (var start = 0; start < world.ClientsAt(night.Number); start += KotahiWorld.Block)
        {
            var chance = world.Chance("household", start);
            var first = start;
            foreach (var size in chance.Pick(Households))
            {
                for (var i = 1; i < size; i++) Tie(first + chance.Below(i), first + i, chance);
                first += size;
            }
            if (chance.Happens(0.03)) Tie(start, start + KotahiWorld.Block, chance);
        }

        void Tie(int one, int other, Chance chance)
        {
            var (type, begun) = (1 + chance.Below(6), KotahiWorld.Start.AddDays(chance.Below(1_000)));
            var ended = chance.Happens(0.05) ? begun.AddDays(chance.Between(30, 900)) : (DateTime?)null;
            if (other >= world.ClientsAt(night.Number)) return;
            number++;
            ties?.Number(number).Number(type).Day(begun).Day(ended).End();
            participants?.Number(++participant).Number(number).Number(one + 1).Text("from").End();
            participants?.Number(++participant).Number(number).Number(other + 1).Text("to").End();
        }
    }

    private void WriteUsers(CsvFile file, Night night)
    {
        for (var i = 1; i <= world.Users; i++)
        {
            var chance = world.Chance("user", i);
            var (given, family) = (chance.Pick(KotahiWords.Given), chance.Pick(KotahiWords.Family));
            file.Number(i).Text(given).Text(family).Text($"user{i}@example.org").Text(chance.Pick(Roles)).Flag(!chance.Happens(0.1));
            file.Number(chance.Happens(0.4) ? 1 + chance.Below(KotahiWords.Iwi.Length) : null);
            if (night.Has("Users", "new_column")) file.Text(given);
            file.End();
        }
    }
}
