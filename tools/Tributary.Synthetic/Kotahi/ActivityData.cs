namespace Tributary.Synthetic.Kotahi;

/// <summary>Activities: all of them in the first drop, then what is new or changed since the drop before.</summary>
internal sealed class ActivityData(KotahiWorld world, FaultManifest manifest)
{
    public const string Columns =
        "ActivityID, ClientID, ActivityTypeID, ServiceID, UserID, GroupActivityID, ActivityDate, EnteredDate, ModifiedDate, DurationMinutes, Status, Notes, CustomJSONData";

    public const string FileName = "Activities";

    private static readonly DateTime NewTypeFrom = KotahiWorld.First.AddDays(3);

    public void Write(CsvFile file, Night night)
    {
        using var json = new ActivityJson();
        if (night.Number == 0)
        {
            for (var i = 0; i < world.Activities; i++) WriteOne(file, json, i, night, changed: 0);
            return;
        }
        foreach (var i in ChangedIn(night.Number)) WriteOne(file, json, i, night, night.Number);
        for (var i = world.ActivitiesAt(night.Number - 1); i < world.ActivitiesAt(night.Number); i++) WriteOne(file, json, i, night, changed: 0);
    }

    private IEnumerable<int> ChangedIn(int night)
    {
        HashSet<int> seen = [];
        for (var k = 0; k < world.ChangedActivitiesADay; k++)
        {
            var i = world.Chance("activity-change", (long)night * 10_000_000 + k).Below(world.ActivitiesAt(night - 1));
            if (seen.Add(i)) yield return i;
        }
    }

    private void WriteOne(CsvFile file, ActivityJson json, int i, Night night, int changed)
    {
        var (chance, entered) = (world.Chance("activity", i), world.EnteredAt(i));
        var client = ClientOf(i, chance);
        var type = entered >= NewTypeFrom && chance.Happens(0.1) ? ActivityKind.New : ActivityKind.Pick(chance);
        var date = chance.Happens(0.002) ? entered.AddDays(chance.Between(1, 20)) : entered.AddDays(-chance.Below(3)); // a few lie in the future
        var version = world.Chance("activity-version", (long)i * 64 + changed);
        var (line, offset) = (file.Line, file.Offset);
        file.Number(i + 1).Number(client + 1).Number(type).Number(1 + chance.Below(KotahiWorld.Services)).Number(world.UserOf(chance));
        file.Number(type == 14 ? 1 + chance.Below(world.GroupActivities) : null).Day(date).Time(entered);
        file.Time(changed > 0 ? world.ModifiedAt("activity", i, changed) : entered).Number(5 * version.Between(1, 24)).Text(version.Pick(["Done", "Done", "Planned", "Cancelled"]));
        file.Text(type == 3 ? $"CONFIDENTIAL {chance.Pick(KotahiWords.Sentences)}" : chance.Happens(0.5) ? null : chance.Pick(KotahiWords.Sentences));
        WriteJson(file, json, (i, type, entered, version), night, line, offset);
        file.End();
    }

    private void WriteJson(CsvFile file, ActivityJson json, (int Number, int Type, DateTime Entered, Chance Chance) activity, Night night, long line, long offset)
    {
        var isDamaged = night.IsDamaged && activity.Number % 50 == 7;
        var good = json.Write(activity.Type, activity.Entered, activity.Chance, isDamaged);
        if (!isDamaged)
        {
            file.Field(good);
            return;
        }
        var kind = JsonDamage.Kinds[activity.Number / 50 % JsonDamage.Kinds.Count];
        file.Field(JsonDamage.Make(kind, good));
        manifest.Add(new DropFault(night.Name, $"{FileName}.csv", "json", kind, "repaired", line, offset, $"{activity.Number + 1}"));
    }

    /// <summary>Nobody has an activity before being entered, but for a few: activities of clients whom the next drops bring.</summary>
    private int ClientOf(int activity, Chance chance)
    {
        if (activity >= world.Activities && chance.Happens(0.02)) return world.Clients + (activity - world.Activities) % (world.NewClientsADay * 8);
        return chance.Below(Math.Max(1, (int)Math.Min(world.Clients, (long)world.Clients * 2 * (activity + 1) / world.Activities)));
    }
}
