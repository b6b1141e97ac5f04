using System.Text.Json.Nodes;

namespace Tributary.Synthetic.Cht;

/// <summary>Places of three levels and people, with moves between households and with muting.</summary>
internal sealed class ChtContacts(ChtWorld world, DocumentFile medic, DocumentFile sentinel)
{
    private static readonly string[] Women = ["Akinyi", "Wanjiru", "Nafula", "Amina", "Zawadi", "Nyokabi"];
    private static readonly string[] Men = ["Otieno", "Kamau", "Barasa", "Hassan", "Baraka", "Njoroge"];
    private static readonly string[] Families = ["Odhiambo", "Mwangi", "Wekesa", "Abdi", "Kariuki", "Cheruiyot"];

    public void Write()
    {
        for (var i = 0; i < world.Size.Districts; i++) WriteDistrict(i);
        for (var i = 0; i < world.Size.Areas; i++) WriteArea(i);
        for (var i = 0; i < world.Size.Households; i++) WriteHousehold(i);
        for (var i = 0; i < world.Size.People; i++) WritePerson(i);
    }

    private void WriteDistrict(int number)
    {
        var chance = world.Chance("district", number);
        medic.Add(world.District(number), Place("district_hospital", $"District {number + 1}", world.Supervisor(number), parent: null, chance, isNew: false));
        medic.Add(world.Supervisor(number), Person("person", chance, isWoman: number % 2 == 0, new DateOnly(1980, 1, 1).AddDays(chance.Below(3000)), ChtWorld.Reference(world.District(number))));
    }

    private void WriteArea(int number)
    {
        var chance = world.Chance("area", number);
        medic.Add(world.Area(number), Place("health_center", $"Area {number + 1}", world.Worker(number), ChtWorld.Reference(world.District(world.DistrictOf(number))), chance, isNew: false));
        medic.Add(world.Worker(number), Person("person", chance, isWoman: number % 3 > 0, new DateOnly(1985, 1, 1).AddDays(chance.Below(4000)), world.AreaLineage(number)));
    }

    private void WriteHousehold(int number)
    {
        var chance = world.Chance("household", number);
        var id = world.Household(number);
        // Documents from before the configurable hierarchy carry the type itself.
        var body = Place("clinic", $"{chance.Pick(Families)} household", world.Person(number), world.AreaLineage(world.AreaOf(number)), chance, isNew: number % 3 > 0);
        if (number % 40 == 7) body["place_id"] = ChtWorld.ShortCode(500_000 + number);
        medic.Add(id, body);
        if (number % 50 == 11) Mute(id, body, chance, isUnmutedLater: number % 100 == 11);
    }

    private void WritePerson(int number)
    {
        var chance = world.Chance("person", number);
        var (id, household, role) = (world.Person(number), world.HouseholdOf(number), world.RoleOf(number));
        var birth = role switch
        {
            0 => new DateOnly(1988, 1, 1).AddDays(chance.Below(6500)),
            1 => new DateOnly(2021, 3, 1).AddDays(chance.Below(1500)),
            2 => new DateOnly(1975, 1, 1).AddDays(chance.Below(9000)),
            _ => new DateOnly(2008, 1, 1).AddDays(chance.Below(4000)),
        };
        var body = Person(number % 3 > 0 ? "contact" : "person", chance, isWoman: role == 0 || (role != 2 && chance.Happens(0.5)), birth, world.HouseholdLineage(household));
        body["patient_id"] = ChtWorld.ShortCode(number);
        if (number % 97 == 5) body["date_of_birth"] = "";
        if (number % 211 == 13) body["date_of_birth"] = "31/02/1990";
        if (number % 150 == 17) body["name"] = "A\u0000kinyi";
        medic.Add(id, body);
        if (number % 60 == 23) Move(id, body, household);
        else if (number % 83 == 29) Mute(id, body, chance, isUnmutedLater: number % 166 == 29);
        else if (number % 400 == 399) medic.Delete(id, 2);
    }

    /// <summary>The next revision has another household above it.</summary>
    private void Move(string id, JsonObject body, int household)
    {
        var next = Copy(body);
        next["parent"] = world.HouseholdLineage((household + 1) % world.Size.Households);
        medic.Revise(id, 2, next);
    }

    private void Mute(string id, JsonObject body, Chance chance, bool isUnmutedLater)
    {
        var since = new DateOnly(2025, 3, 1).AddDays(chance.Below(120));
        var history = new JsonArray(new JsonObject { ["muted"] = true, ["date"] = $"{ChtWorld.Day(since)}T09:00:00.000Z", ["report_id"] = chance.Uuid() });
        var muted = Copy(body);
        muted["muted"] = $"{ChtWorld.Day(since)}T09:00:00.000Z";
        medic.Revise(id, 2, muted);
        if (isUnmutedLater)
        {
            history.Add((JsonNode)new JsonObject { ["muted"] = false, ["date"] = $"{ChtWorld.Day(since.AddDays(60))}T09:00:00.000Z", ["report_id"] = chance.Uuid() });
            medic.Revise(id, 3, Copy(body));
        }
        sentinel.Add($"{id}-info", new JsonObject { ["type"] = "info", ["doc_id"] = id, ["muting_history"] = history, ["initial_replication_date"] = "unknown" });
    }

    /// <summary>A body without what a revision before was given.</summary>
    private static JsonObject Copy(JsonObject body)
    {
        var copy = body.DeepClone().AsObject();
        foreach (var own in (string[])["_id", "_rev", "_revisions"]) copy.Remove(own);
        return copy;
    }

    private static JsonObject Place(string type, string name, string contact, JsonObject? parent, Chance chance, bool isNew)
    {
        var body = Contact(type, name, isNew);
        body["contact"] = ChtWorld.Reference(contact);
        if (parent is not null) body["parent"] = parent;
        body["notes"] = chance.Happens(0.1) ? "Gate is behind the school." : "";
        body["reported_date"] = Reported(chance);
        return body;
    }

    private static JsonObject Person(string type, Chance chance, bool isWoman, DateOnly birth, JsonObject parent)
    {
        var body = Contact("person", $"{chance.Pick(isWoman ? Women : Men)} {chance.Pick(Families)}", type == "contact");
        body["date_of_birth"] = ChtWorld.Day(birth);
        body["sex"] = isWoman ? "female" : "male";
        body["phone"] = chance.Happens(0.4) ? $"+2547000{chance.Between(10_000, 99_999)}" : "";
        if (chance.Happens(0.05)) body["alternative_phone"] = $"+2547100{chance.Between(10_000, 99_999)}";
        body["parent"] = parent;
        body["reported_date"] = Reported(chance);
        return body;
    }

    private static JsonObject Contact(string type, string name, bool isNew)
    {
        var body = isNew ? new JsonObject { ["type"] = "contact", ["contact_type"] = type } : new JsonObject { ["type"] = type };
        body["name"] = name;
        return body;
    }

    // A number in most documents, a text in some.
    private static JsonNode Reported(Chance chance)
    {
        var moment = ChtWorld.Milliseconds(new DateOnly(2024, 6, 1).AddDays(chance.Below(200)), chance);
        return chance.Happens(0.05) ? JsonValue.Create(moment.ToString(System.Globalization.CultureInfo.InvariantCulture))! : JsonValue.Create(moment);
    }
}
