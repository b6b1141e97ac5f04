using System.Globalization;
using System.Text.Json.Nodes;

namespace Tributary.Synthetic.Cht;

/// <summary>Reports of the app: pregnancies with what follows from them, deaths, children, households; with corrections and deletions.</summary>
internal sealed class ChtReports(ChtWorld world, DocumentFile medic)
{
    private static readonly DateOnly FirstDay = new(2025, 1, 6);
    private int _written;

    /// <summary>Ids of the reports in the order of writing.</summary>
    public List<string> Ids { get; } = [];

    public void Write()
    {
        for (var i = 0; i < world.Size.Pregnancies; i++) WritePregnancy(i);
        for (var i = 0; i < world.Size.Assessments; i++) WriteAssessment(i);
        for (var i = 0; i < world.Size.Households; i += 2) Add(ChtForms.HouseholdSurvey, world.AreaOf(i), null, FirstDay.AddDays(i % 300), world.Chance("survey", i), ("place_id", world.Household(i)));
    }

    /// <summary>Registration, home visits, delivery, post-natal visits; some end in danger, some in death.</summary>
    private void WritePregnancy(int number)
    {
        var chance = world.Chance("pregnancy", number);
        var woman = number % world.Women;
        var area = world.AreaOf(world.HouseholdOf(woman));
        var registered = FirstDay.AddDays(chance.Below(200));
        var lmp = registered.AddDays(-chance.Between(35, 140));
        void Report(FormDefinition form, DateOnly day, params (string, JsonNode?)[] answers)
        {
            if (day <= ChtWorld.LastDay) Add(form, area, woman, day, chance, answers);
        }
        Report(ChtForms.Pregnancy, registered, ("g_registration/lmp_date", ChtWorld.Day(lmp)), ("g_registration/edd", ChtWorld.Day(lmp.AddDays(280))),
            ("weeks_pregnant", ((registered.DayNumber - lmp.DayNumber) / 7).ToString(CultureInfo.InvariantCulture)));
        var visits = chance.Between(1, 5);
        for (var visit = 1; visit <= visits; visit++)
        {
            var day = registered.AddDays(visit * 28);
            Report(ChtForms.HomeVisit, day, ("g_visit/visit_date", ChtWorld.Day(day)), ("g_visit/pregnancy_status", "yes"), ("visit_number", visit.ToString(CultureInfo.InvariantCulture)));
            if (visit % 2 == 0) Report(ChtForms.FacilityReminder, day.AddDays(2));
            if (!chance.Happens(0.12)) continue;
            Report(ChtForms.DangerSign, day, ("danger_signs", "fever severe_headache"));
            Report(ChtForms.DangerSignFollowUp, day.AddDays(3));
        }
        var born = lmp.AddDays(chance.Between(255, 290));
        var died = number % 70 == 41;
        Report(ChtForms.Delivery, born.AddDays(1), ("g_delivery/delivery_date", ChtWorld.Day(born)), ("g_delivery/delivery_outcome", number % 35 == 3 ? "still_birth" : "live_birth"), ("g_delivery/mother_outcome", died ? "deceased" : "alive_well"));
        if (died) WriteDeath(number, woman, born);
        for (var visit = 1; visit <= 2 && !died; visit++)
        {
            Report(ChtForms.PostnatalMother, born.AddDays(visit * 7), ("g_visit/visit_date", ChtWorld.Day(born.AddDays(visit * 7))));
            Report(ChtForms.PostnatalBaby, born.AddDays(visit * 7), ("g_visit/visit_date", ChtWorld.Day(born.AddDays(visit * 7))));
        }
    }

    private void WriteDeath(int number, int woman, DateOnly day)
    {
        var (area, chance) = (world.AreaOf(world.HouseholdOf(woman)), world.Chance("death", number));
        if (day > ChtWorld.LastDay) return;
        Add(ChtForms.DeathReport, area, woman, day, chance, ("death_details/date_of_death", ChtWorld.Day(day)), ("death_details/place_of_death", "health_facility"));
        if (number % 140 == 41) Add(ChtForms.UndoDeathReport, area, woman, day.AddDays(1), chance, ("confirm_undo", "yes"));
    }

    private void WriteAssessment(int number)
    {
        var chance = world.Chance("assessment", number);
        var child = world.Child(number);
        var area = world.AreaOf(world.HouseholdOf(child));
        var (id, revisions) = Add(ChtForms.ChildAssessment, area, child, FirstDay.AddDays(number % 355), chance, ("caregiver", world.Person(world.HouseholdOf(child))));
        if (number % 130 == 77) Add(ChtForms.DeathReport, area, child, FirstDay.AddDays((number % 355) + 3), chance, ("death_details/date_of_death", ChtWorld.Day(FirstDay.AddDays((number % 355) + 2))));
        if (number % 45 == 44) medic.Delete(id, revisions + 1);
    }

    /// <summary>Writes a report; its id, and how many revisions it has by now.</summary>
    private (string Id, int Revisions) Add(FormDefinition form, int area, int? person, DateOnly day, Chance chance, params (string Path, JsonNode? Value)[] answers)
    {
        var number = _written++;
        var id = world.Chance("report id", number).Uuid();
        var all = answers.ToDictionary(answer => answer.Path, answer => answer.Value);
        if (person is { } about) Describe(all, about, number);
        var body = new JsonObject
        {
            ["form"] = form.Name,
            ["type"] = "data_record",
            ["content_type"] = "xml",
            ["reported_date"] = ChtWorld.Milliseconds(day, chance),
            ["contact"] = world.WorkerLineage(area),
            ["from"] = $"+2547{area:00000000}",
            ["hidden_fields"] = new JsonArray("meta"),
            ["form_version"] = new JsonObject { ["time"] = 1_738_573_200_000, ["sha256"] = "8d4bd0b3" },
            ["fields"] = ReportBody.Fields(form, all, day, chance),
        };
        if (all.TryGetValue("place_id", out var place)) body["fields"]!["place_id"] = place?.DeepClone();
        ChtDirt.Soil(body, number);
        medic.Add(id, body);
        Ids.Add(id);
        if (number % 30 != 29) return (id, 1);
        Correct(id, body, number);
        return (id, 2);
    }

    // A short code in some reports, the document's id in most.
    private void Describe(Dictionary<string, JsonNode?> answers, int person, int number)
    {
        answers["patient_id"] = number % 4 == 0 ? ChtWorld.ShortCode(person) : world.Person(person);
        answers["patient_uuid"] = world.Person(person);
        answers["patient_name"] = "";
        answers["inputs/contact/_id"] = world.Person(person);
        answers["inputs/source"] = number % 3 == 0 ? "task" : "contact";
    }

    /// <summary>A second revision: somebody edited the report, or sentinel reviewed it.</summary>
    private void Correct(string id, JsonObject body, int number)
    {
        var next = body.DeepClone().AsObject();
        foreach (var own in (string[])["_id", "_rev", "_revisions"]) next.Remove(own);
        next["verified"] = number % 60 == 29;
        next["edited_by"] = ChtWorld.UserName(0);
        medic.Revise(id, 2, next);
    }
}
