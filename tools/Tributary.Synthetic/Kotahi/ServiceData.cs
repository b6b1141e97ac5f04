namespace Tributary.Synthetic.Kotahi;

/// <summary>What clients are served with: registrations with their statuses, staff, tasks, letters.</summary>
internal sealed class ServiceData(KotahiWorld world)
{
    public IEnumerable<Dataset> All() =>
    [
        Dataset.Of("ClientServiceStatus", "ClientServiceStatusID, ClientID, ServiceID, ServiceStatusID, StatusDate, RegisteredDate, DischargeDate, ExitBy, UserID", WriteStatuses),
        Dataset.Of("AssignedUsers", "AssignedUserID, ClientID, UserID, ServiceID, AssignedDate, UnassignedDate", WriteAssigned),
        Dataset.Of("ClientTasks", "TaskID, ClientID, UserID, Title, DueDate, Status, CompletedDate", WriteTasks),
        Dataset.Of("ClientCorrespondence", "CorrespondenceID, ClientID, CorrespondenceTypeID, UserID, Subject, Body, SentDate", WriteLetters),
    ];

    /// <summary>One to three services a client, each with up to three statuses; a third is never moved on from New Referral.</summary>
    private void WriteStatuses(CsvFile file, Night night)
    {
        for (var client = 0; client < world.ClientsAt(night.Number); client++)
        {
            var chance = world.Chance("services", client);
            var registrations = chance.Between(1, 3);
            for (var r = 0; r < registrations; r++) WriteRegistration(file, night, client, r, chance);
        }
    }

    private void WriteRegistration(CsvFile file, Night night, int client, int registration, Chance chance)
    {
        var registered = world.CreatedAt(client).AddDays(registration * 40);
        var (service, user) = (1 + chance.Below(KotahiWorld.Services), world.UserOf(chance));
        var (status, date, steps) = (1, registered, chance.Below(3));
        var discharged = steps == 2 && chance.Happens(0.5) ? registered.AddDays(chance.Between(60, 700)) : (DateTime?)null;
        for (var step = 0; step <= steps; step++)
        {
            if (date >= night.DroppedAt) return;
            var isLast = step == steps && discharged <= night.DroppedAt;
            file.Number(client * 9L + registration * 3 + step + 1).Number(client + 1).Number(service).Number(isLast ? 5 : status).Time(date).Day(registered);
            file.Day(isLast ? discharged : null).Text(isLast ? KotahiWords.Exits[client % KotahiWords.Exits.Length] : null).Number(user).End();
            (status, date) = (step + 2, step + 1 == steps && discharged is { } end ? end : date.AddDays(chance.Between(3, 50)));
        }
    }

    private void WriteAssigned(CsvFile file, Night night)
    {
        for (var client = 0; client < world.ClientsAt(night.Number); client++)
        {
            var chance = world.Chance("assigned", client);
            var since = world.CreatedAt(client);
            file.Number(client + 1).Number(client + 1).Number(world.UserOf(chance)).Number(1 + chance.Below(KotahiWorld.Services)).Day(since);
            file.Day(chance.Happens(0.3) ? since.AddDays(chance.Between(30, 400)) : null).End();
        }
    }

    private void WriteTasks(CsvFile file, Night night)
    {
        for (var i = 0; i < world.Tasks; i++)
        {
            var chance = world.Chance("task", i);
            var due = KotahiWorld.First.AddDays(chance.Between(-60, 30));
            var done = chance.Happens(0.6) && due < night.DroppedAt;
            file.Number(i + 1).Number(1 + chance.Below(world.Clients)).Number(world.UserOf(chance)).Text(chance.Pick(KotahiWords.Sentences));
            file.Day(due).Text(done ? "Completed" : due < night.DroppedAt ? "Overdue" : "Open").Day(done ? due.AddDays(-1) : null).End();
        }
    }

    private void WriteLetters(CsvFile file, Night night)
    {
        for (var i = 0; i < world.Clients / 2; i++)
        {
            var chance = world.Chance("letter", i);
            file.Number(i + 1).Number(1 + chance.Below(world.Clients)).Number(1 + chance.Below(4)).Number(world.UserOf(chance)).Text("Your appointment");
            file.Text($"CONFIDENTIAL {chance.Pick(KotahiWords.Sentences)}").Time(KotahiWorld.First.AddHours(-chance.Below(20_000)));
            if (night.Has("ClientCorrespondence", "doubled_column")) file.Text("Your appointment");
            file.End();
        }
    }
}
