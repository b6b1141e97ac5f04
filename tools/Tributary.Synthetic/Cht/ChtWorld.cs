using System.Globalization;
using System.Text.Json.Nodes;

namespace Tributary.Synthetic.Cht;

/// <summary>Who and where: districts, areas with a health worker each, households, people. Everything follows from the seed and a number.</summary>
internal sealed class ChtWorld(long seed, ChtSize size)
{
    /// <summary>The last day of the data.</summary>
    public static readonly DateOnly LastDay = new(2025, 12, 31);

    public ChtSize Size => size;

    public string District(int number) => Id("district", number);

    public string Area(int number) => Id("area", number);

    public string Household(int number) => Id("household", number);

    public string Person(int number) => Id("person", number);

    public string Worker(int area) => Id("worker", area);

    public string Supervisor(int district) => Id("supervisor", district);

    /// <summary>Users are the workers of the areas, then the supervisors of the districts.</summary>
    public static string UserName(int number) => string.Create(CultureInfo.InvariantCulture, $"chw_{number:000}");

    public string UserContact(int user) => user < size.Areas ? Worker(user) : Supervisor(user - size.Areas);

    public string UserPlace(int user) => user < size.Areas ? Area(user) : District(user - size.Areas);

    public int DistrictOf(int area) => area % size.Districts;

    public int AreaOf(int household) => household % size.Areas;

    public int HouseholdOf(int person) => person % size.Households;

    /// <summary>The people of a household in turn: its mother, a child, a man, an older child.</summary>
    public int RoleOf(int person) => person / size.Households % 4;

    /// <summary>How many women of the right age there are: the first person of each household.</summary>
    public int Women => Math.Min(size.Households, size.People);

    /// <summary>A child under five, whatever the number.</summary>
    public int Child(int number) => size.People <= size.Households ? number % size.People : size.Households + (number % Math.Min(size.Households, size.People - size.Households));

    /// <summary>The short code that phones use for a person.</summary>
    public static string ShortCode(int person) => (10_000 + person).ToString(CultureInfo.InvariantCulture);

    public Chance Chance(string kind, int number) => Synthetic.Chance.Of(seed, $"cht {kind}", number);

    public JsonObject AreaLineage(int area) => Reference(Area(area), Reference(District(DistrictOf(area))));

    public JsonObject HouseholdLineage(int household) => Reference(Household(household), AreaLineage(AreaOf(household)));

    /// <summary>A worker with the places above, as it stands in every report.</summary>
    public JsonObject WorkerLineage(int area) => Reference(Worker(area), AreaLineage(area));

    public static JsonObject Reference(string id, JsonObject? parent = null)
    {
        var reference = new JsonObject { ["_id"] = id };
        if (parent is not null) reference["parent"] = parent;
        return reference;
    }

    /// <summary>Milliseconds of a moment on a day, as CouchDB's documents have them.</summary>
    public static long Milliseconds(DateOnly day, Chance chance) =>
        new DateTimeOffset(day, new TimeOnly(chance.Between(6, 17), chance.Below(60), chance.Below(60)), TimeSpan.Zero).ToUnixTimeMilliseconds() + chance.Below(1000);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Id(string kind, int number) => Synthetic.Chance.Of(seed, $"cht id {kind}", number).Uuid();
}
