using System.Globalization;
using System.Text.Json.Nodes;

namespace Tributary.Synthetic.Cht;

/// <summary>What the app keeps about work and use: tasks, targets, users, telemetry, feedback, replication logs.</summary>
internal sealed class ChtActivity(ChtWorld world)
{
    private static readonly string[] States = ["Draft", "Ready", "Cancelled", "Completed", "Failed"];
    private static readonly string[] TaskNames = ["anc.pregnancy_home_visit.known_lmp", "anc.delivery", "pnc.danger_sign_followup_mother.from_report", "child.assessment_follow_up"];

    public void WriteTasks(DocumentFile medic, IReadOnlyList<string> reports)
    {
        for (var i = 0; i < world.Size.Tasks; i++)
        {
            var chance = world.Chance("task", i);
            var (user, person) = (i % world.Size.Areas, i % world.Size.People);
            var (report, name) = (reports[i % reports.Count], TaskNames[i % TaskNames.Length]);
            var due = new DateOnly(2025, 1, 13).AddDays(chance.Below(350));
            var made = ChtWorld.Milliseconds(due.AddDays(-14), chance);
            var state = i % 5 == 4 ? chance.Pick(States) : "Completed";
            var owner = world.Person(person);
            medic.Add(string.Create(CultureInfo.InvariantCulture, $"task~org.couchdb.user:{ChtWorld.UserName(user)}~{report}~{name}~{i}~{made}"), new JsonObject
            {
                ["type"] = "task",
                ["authoredOn"] = made,
                ["user"] = $"org.couchdb.user:{ChtWorld.UserName(user)}",
                ["requester"] = owner,
                ["owner"] = owner,
                ["state"] = state,
                ["stateReason"] = "",
                ["stateHistory"] = new JsonArray(new JsonObject { ["state"] = "Ready", ["timestamp"] = made }, new JsonObject { ["state"] = state, ["timestamp"] = made + 86_400_000L }),
                ["emission"] = new JsonObject
                {
                    ["_id"] = $"{report}~{name}~{i}",
                    ["forId"] = owner,
                    ["title"] = $"task.{name}.title",
                    ["dueDate"] = ChtWorld.Day(due),
                    ["startDate"] = ChtWorld.Day(due.AddDays(-7)),
                    ["endDate"] = ChtWorld.Day(due.AddDays(7)),
                    ["priority"] = i % 10 == 0 ? "high" : "medium",
                    ["actions"] = new JsonArray(new JsonObject { ["form"] = "pregnancy_home_visit", ["type"] = "report" }),
                },
            });
        }
    }

    public void WriteTargets(DocumentFile medic)
    {
        for (var user = 0; user < world.Size.Areas; user++)
        {
            for (var month = 1; month <= world.Size.Months; month++)
            {
                var chance = world.Chance("target", (user * 12) + month);
                var period = string.Create(CultureInfo.InvariantCulture, $"2025-{month:00}");
                var targets = ((string[])["pregnancies-this-month", "births-this-month", "deaths-this-month"]).Select(id =>
                    (JsonNode)new JsonObject { ["id"] = id, ["value"] = new JsonObject { ["pass"] = chance.Below(9), ["total"] = chance.Between(9, 20) } }).ToArray();
                medic.Add($"target~{period}~{world.Worker(user)}~org.couchdb.user:{ChtWorld.UserName(user)}", new JsonObject
                {
                    ["type"] = "target",
                    ["user"] = $"org.couchdb.user:{ChtWorld.UserName(user)}",
                    ["owner"] = world.Worker(user),
                    ["reporting_period"] = period,
                    ["updated_date"] = ChtWorld.Milliseconds(new DateOnly(2025, month, 28), chance),
                    ["targets"] = new JsonArray(targets),
                });
            }
        }
    }

    /// <summary>A user is a document with secrets in <c>_users</c>, and settings in <c>medic</c>.</summary>
    public void WriteUsers(DocumentFile medic, DocumentFile users)
    {
        for (var i = 0; i < world.Size.Users; i++)
        {
            var (id, role) = ($"org.couchdb.user:{ChtWorld.UserName(i)}", i < world.Size.Areas ? "chw" : "chw_supervisor");
            medic.Add(id, new JsonObject
            {
                ["type"] = "user-settings",
                ["name"] = ChtWorld.UserName(i),
                ["roles"] = new JsonArray(role),
                ["facility_id"] = world.UserPlace(i),
                ["contact_id"] = world.UserContact(i),
                ["language"] = i % 4 == 0 ? "fr" : "en",
                ["known"] = true,
            });
            users.Add(id, new JsonObject
            {
                ["type"] = "user",
                ["name"] = ChtWorld.UserName(i),
                ["roles"] = new JsonArray(role),
                ["facility_id"] = world.UserPlace(i),
                ["password_scheme"] = "pbkdf2",
                ["iterations"] = 10,
                ["derived_key"] = world.Chance("key", i).Uuid(),
                ["salt"] = world.Chance("salt", i).Uuid(),
            });
        }
    }

    public void WriteTelemetry(DocumentFile meta)
    {
        for (var user = 0; user < world.Size.Users; user++)
        {
            for (var back = 0; back < world.Size.TelemetryDays; back++) WriteTelemetry(meta, user, ChtWorld.LastDay.AddDays(-back));
        }
        for (var i = 0; i < world.Size.Feedback; i++)
        {
            var chance = world.Chance("feedback", i);
            var day = ChtWorld.LastDay.AddDays(-chance.Below(90));
            meta.Add($"feedback-{ChtWorld.Day(day)}T08:00:00.000Z-{chance.Uuid()}", new JsonObject
            {
                ["type"] = "feedback",
                ["meta"] = new JsonObject { ["time"] = $"{ChtWorld.Day(day)}T08:00:00.000Z", ["user"] = new JsonObject { ["name"] = ChtWorld.UserName(i % world.Size.Users) }, ["source"] = "automatic", ["url"] = "http://localhost/#/reports", ["app"] = "medic", ["version"] = "4.15.0" },
                ["info"] = chance.Happens(0.9) ? new JsonObject { ["message"] = "Failed to fetch", ["stack"] = "" } : (JsonNode)"a plain text",
                ["log"] = new JsonArray(new JsonObject { ["level"] = "error", ["arguments"] = "[]" }),
            });
        }
    }

    private void WriteTelemetry(DocumentFile meta, int user, DateOnly day)
    {
        var chance = world.Chance(ChtWorld.UserName(user), day.DayNumber);
        var device = world.Chance("device", user).Uuid();
        var metadata = new JsonObject { ["year"] = day.Year, ["month"] = day.Month, ["day"] = day.Day, ["aggregate_date"] = $"{ChtWorld.Day(day.AddDays(1))}T00:05:00.000Z", ["user"] = ChtWorld.UserName(user), ["deviceId"] = device, ["versions"] = new JsonObject { ["app"] = "4.15.0", ["forms"] = new JsonObject { ["pregnancy"] = "3-abc" } } };
        // Versions before 3.8 told the month only, counted from 0.
        if (user % 8 == 3)
        {
            metadata.Remove("day");
            metadata["month"] = day.Month - 1;
            metadata["versions"]!["app"] = "3.7.0";
        }
        meta.Add(string.Create(CultureInfo.InvariantCulture, $"telemetry-{day.Year}-{day.Month}-{day.Day}-{ChtWorld.UserName(user)}-{device}"), new JsonObject
        {
            ["type"] = "telemetry",
            ["metadata"] = metadata,
            ["device"] = new JsonObject { ["userAgent"] = "Mozilla/5.0 (Linux; Android 13)", ["hardwareConcurrency"] = 8, ["deviceInfo"] = new JsonObject { ["app"] = new JsonObject { ["version"] = "v1.0.4" }, ["hardware"] = new JsonObject { ["model"] = "Tecno Spark", ["manufacturer"] = "TECNO" }, ["storage"] = new JsonObject { ["free"] = 12_345_678_901, ["total"] = 64_000_000_000 }, ["ram"] = new JsonObject { ["free"] = 800_000_000, ["total"] = 4_000_000_000 } } },
            ["dbInfo"] = new JsonObject { ["doc_count"] = chance.Between(200, 3000), ["update_seq"] = chance.Between(3000, 9000), ["db_name"] = "medic-user" },
            ["metrics"] = new JsonObject
            {
                ["boot_time"] = Metric(chance, 900),
                ["replication:medic:from:success"] = Metric(chance, 4000),
                ["report_list:query"] = Metric(chance, 120),
            },
        });
    }

    private static JsonObject Metric(Chance chance, int about)
    {
        var (low, count) = (about + chance.Below(about), chance.Between(1, 9));
        return new JsonObject { ["sum"] = low * count, ["min"] = low, ["max"] = low + chance.Below(about), ["count"] = count, ["sumsqr"] = (long)low * low * count };
    }

    public void WriteLogs(DocumentFile logs)
    {
        for (var i = 0; i < world.Size.Users; i++)
        {
            logs.Add($"connected-user-{ChtWorld.UserName(i)}", new JsonObject { ["type"] = "connected-user", ["user"] = ChtWorld.UserName(i), ["timestamp"] = ChtWorld.Milliseconds(ChtWorld.LastDay, world.Chance("log", i)) });
            logs.Add($"replication-count-{ChtWorld.UserName(i)}", new JsonObject { ["user"] = ChtWorld.UserName(i), ["date"] = ChtWorld.Milliseconds(ChtWorld.LastDay, world.Chance("count", i)), ["count"] = 1200 + i });
        }
    }

    public void WriteInfos(DocumentFile sentinel, IReadOnlyList<string> reports, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var of = i < reports.Count ? reports[i] : world.Chance("info", i).Uuid();
            sentinel.Add($"{of}-info", new JsonObject
            {
                ["type"] = "info",
                ["doc_id"] = of,
                ["initial_replication_date"] = "2025-06-01T10:00:00.000Z",
                ["latest_replication_date"] = "2025-06-01T10:00:00.000Z",
                ["transitions"] = new JsonObject { ["update_clinics"] = new JsonObject { ["last_rev"] = "1-a", ["seq"] = i, ["ok"] = true } },
            });
        }
    }
}
