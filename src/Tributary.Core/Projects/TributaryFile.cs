using Tributary.Core.Fhir;
using Tributary.Core.Fhir.Views;
using Tributary.Core.Jobs;
using Tributary.Core.Forms;
using Tributary.Core.Privacy;
using Tributary.Core.Projects.Access;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Projects;

/// <summary><c>tributary.yml</c>: what the project is called, where its warehouse is, and what the engine makes by itself.</summary>
[Description("A Tributary project: its name, its warehouse and targets, and what the engine generates.")]
public sealed record TributaryFile(
    SourcePosition At,
    [Description("Version of this file's form; 1.")] int ConfigVersion,
    [Description("The project's name; also its dbt package.")] string Name,
    [Description("IANA zone of days and schedules, such as America/New_York.")] string Zone = "UTC",
    [Description("The PostgreSQL to work in; without it a private one is started.")] WarehouseConfig? Warehouse = null,
    [Description("Schema of models that name none, and the first part of custom ones; a warehouse may name its own. Default: the project's name.")] string? Schema = null,
    [Description("How many steps run at once.")] int Threads = 4,
    [Description("The target that is used when --target is not given; else the first of `targets`.")] string? DefaultTarget = null,
    [Description("Named ways to run this project: development, production.")] IReadOnlyDictionary<string, TargetConfig>? Targets = null,
    [Description("Masks and which models get an anonymous twin.")] PrivacyOptions? Privacy = null,
    [Description("FHIR questionnaires that become tables.")] QuestionnairesConfig? Questionnaires = null,
    [Description("SQL-on-FHIR views that become models.")] ViewsConfig? Views = null,
    [Description("Forms of a CHT deployment whose definitions become tables.")] FormsConfig? Forms = null,
    [Description("How `tributary serve` listens and what makes it look for news.")] ServeConfig? Serve = null,
    [Description("Database roles: what each may read, and who may make logins for whom.")] AccessConfig? Access = null,
    [Description("Schemas whose materialized views, made by hand, are refreshed after each build, in the order in which they read one another.")] IReadOnlyList<string>? RefreshViews = null,
    [Description("Whom `tributary serve` tells when a job fails or data stay away.")] AlertsConfig? Alerts = null) : IValidated
{
    public const int KnownVersion = 1;

    public void Validate(Validation check)
    {
        if (ConfigVersion != KnownVersion)
            check.Refuse("config_version", $"config_version is {ConfigVersion}, this program reads version {KnownVersion}.",
                ConfigVersion > KnownVersion ? "Install a newer Tributary." : $"Set it to {KnownVersion}.");
        if (Threads is < 1 or > 64) check.Refuse("threads", $"threads is {Threads}, expected 1 to 64.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            check.Refuse("zone", $"'{Zone}' is not a time zone of the IANA database.", "Write it as Area/City, such as Europe/Berlin, or UTC.");
        if (DefaultTarget is not null && Targets?.ContainsKey(DefaultTarget) != true)
            check.Refuse("default_target", $"The target '{DefaultTarget}' is not declared.", Nearest.Hint(DefaultTarget, [.. Targets?.Keys ?? []]));
    }
}
