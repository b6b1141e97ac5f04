namespace Tributary.Synthetic.Kotahi;

/// <summary>The families of files: Hauora, Calendar and Group activities.</summary>
internal sealed class FamilyData(KotahiWorld world)
{
    public IEnumerable<Dataset> All() =>
    [
        Dataset.Of("HauoraGoalPlans", "GoalPlanID, ClientID, ServiceID, StartDate, EndDate, Status", (file, _) => Each(world.Clients / 3, "plan", (i, chance) => WritePlan(file, i, chance))),
        Dataset.Of("HauoraGoals", "GoalID, GoalPlanID, Domain, Goal, Status, EntryScore, ExitScore, SetDate, MetDate", (file, _) => Each(world.Clients, "goal", (i, chance) => WriteGoal(file, i, chance))),
        Dataset.Of("HauoraAssessments", "AssessmentID, ClientID, AssessedDate, Tool, RiskScore, NeedScore", WriteAssessments),
        Dataset.Of("CalendarSchedules", "ScheduleID, UserID, Name, Zone", (file, _) => Each(world.Users, "schedule", (i, _) => file.Number(i).Number(i).Text("Working week").Text("Pacific/Auckland").End())),
        Dataset.Of("CalendarEntries", "EntryID, ScheduleID, Weekday, StartTime, EndTime", (file, _) => Each(world.Users * 5, "entry", (i, _) => file.Number(i).Number((i + 4) / 5).Number(1 + (i - 1) % 5).Text("08:30").Text("16:30").End())),
        Dataset.Of("CalendarEvents", "EventID, UserID, Title, StartTime, EndTime, Status", (file, _) => Each(world.Clients / 4, "event", (i, chance) => WriteEvent(file, i, chance))),
        Dataset.Of("CalendarEventClients", "EventClientID, EventID, ClientID", (file, _) => Each(world.Clients / 4, "event-client", (i, chance) => file.Number(i).Number(i).Number(1 + chance.Below(world.Clients)).End())),
        Dataset.Of("CalendarAvailability", "AvailabilityID, UserID, FromDate, ToDate, Kind", (file, _) => Each(world.Users, "leave", (i, chance) => file.Number(i).Number(i).Day(KotahiWorld.First.AddDays(chance.Below(90))).Day(KotahiWorld.First.AddDays(95)).Text("Leave").End())),
        Dataset.Of("GroupActivities", "GroupActivityID, ActivityTypeID, ServiceID, Name, StartTime, DurationMinutes", (file, _) => Each(world.GroupActivities, "group", (i, chance) => WriteGroup(file, i, chance))),
        Dataset.Of("GroupActivityParticipants", "ParticipantID, GroupActivityID, ClientID, Attended", (file, _) => WriteMembers(file, "group-client", 10, world.Clients)),
        Dataset.Of("GroupActivityStaff", "StaffID, GroupActivityID, UserID, Minutes", (file, _) => WriteMembers(file, "group-staff", 3, world.Users)),
    ];

    private void Each(int count, string kind, Action<int, Chance> write)
    {
        for (var i = 1; i <= count; i++) write(i, world.Chance(kind, i));
    }

    private static void WritePlan(CsvFile file, int i, Chance chance)
    {
        var start = KotahiWorld.Start.AddDays(chance.Below(1_000));
        file.Number(i).Number(i * 3).Number(1 + chance.Below(KotahiWorld.Services)).Day(start);
        file.Day(chance.Happens(0.5) ? start.AddDays(chance.Between(60, 300)) : null).Text(chance.Pick(["Open", "Open", "Completed", "Abandoned"])).End();
    }

    private static void WriteGoal(CsvFile file, int i, Chance chance)
    {
        var (set, isMet, entry) = (KotahiWorld.Start.AddDays(chance.Below(1_000)), chance.Happens(0.4), chance.Below(6));
        file.Number(i).Number((i + 2) / 3).Text(chance.Pick(KotahiWords.Domains)).Text($"Goal {i}").Text(isMet ? "Met" : "Open").Number(entry);
        file.Number(isMet ? Math.Min(10, entry + chance.Between(1, 5)) : null).Day(set).Day(isMet ? set.AddDays(chance.Between(14, 200)) : null).End();
    }

    /// <summary>None to four a client, in time; an assessment says a score of risk and one of need, of which less is better.</summary>
    private void WriteAssessments(CsvFile file, Night night)
    {
        for (var client = 0; client < world.ClientsAt(night.Number); client++)
        {
            var chance = world.Chance("assessment", client);
            var date = world.CreatedAt(client);
            for (var i = chance.Below(5); i > 0; i--)
            {
                if (date >= night.DroppedAt) break;
                file.Number(client * 5L + i).Number(client + 1).Day(date).Text("KPT 2").Number(chance.Below(11)).Number(chance.Below(11)).End();
                date = date.AddDays(chance.Between(20, 200));
            }
        }
    }

    private void WriteEvent(CsvFile file, int i, Chance chance)
    {
        var start = KotahiWorld.First.AddDays(chance.Between(-60, 30)).AddHours(chance.Between(8, 15));
        file.Number(i).Number(world.UserOf(chance)).Text("Visit").Time(start).Time(start.AddHours(1)).Text("Confirmed").End();
    }

    private static void WriteGroup(CsvFile file, int i, Chance chance)
    {
        file.Number(i).Number(14).Number(1 + chance.Below(KotahiWorld.Services)).Text($"Rōpū {i}");
        file.Time(KotahiWorld.Start.AddDays(chance.Below(1_090)).AddHours(chance.Between(9, 18))).Number(30 * chance.Between(1, 6)).End();
    }

    private void WriteMembers(CsvFile file, string kind, int most, int people)
    {
        var number = 0;
        for (var group = 1; group <= world.GroupActivities; group++)
        {
            var chance = world.Chance(kind, group);
            var (count, first) = (chance.Between(1, most), chance.Below(people));
            for (var i = 0; i < count; i++)
            {
                file.Number(++number).Number(group).Number(1 + (first + i * 7) % people);
                if (most == 3) file.Number(30 * chance.Between(1, 4)).End();
                else file.Flag(chance.Happens(0.85)).End();
            }
        }
    }
}
