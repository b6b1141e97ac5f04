using Tributary.Synthetic.Faults;

namespace Tributary.Synthetic.Engage;

/// <summary>Makes the FHIR files of the engage example: one walk over the patients, in constant memory.</summary>
public static class EngageFhir
{
    /// <summary>The types that faults are planted into; Questionnaire is left out, as no stream reads it.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "QuestionnaireResponse", "Patient", "Observation", "Encounter", "CarePlan", "Task", "Practitioner", "PractitionerRole", "Organization",
        "OrganizationAffiliation", "Location", "CareTeam",
    ];

    /// <summary>Writes <c>Type.ndjson</c> files, and <c>faults.csv</c> when faults are wanted, into a folder that is made if missing.</summary>
    public static void Write(DirectoryInfo folder, SyntheticOptions options)
    {
        folder.Create();
        var world = new EngageWorld(options);
        var plan = new FaultPlan(options, Types, world.Size.Of);
        var files = new Dictionary<string, NdjsonFile>(StringComparer.Ordinal);
        try
        {
            foreach (var type in Types.Append("Questionnaire")) files[type] = new NdjsonFile(folder, type, options.Gzip, plan.Of(type));
            WriteDirectory(world, files);
            WritePatients(world, files);
        }
        finally
        {
            foreach (var file in files.Values) file.Dispose();
        }

        if (options.Faults > 0) FaultPlan.Write(folder, Types.SelectMany(type => files[type].Planted));
    }

    private static void WriteDirectory(EngageWorld world, Dictionary<string, NdjsonFile> files)
    {
        var organizations = new OrganizationWriter(world);
        var practitioners = new PractitionerWriter(world);
        var forms = new QuestionnaireWriter(world, files["Questionnaire"]);
        WriteAll("Organization", organizations.WriteOrganization);
        WriteAll("OrganizationAffiliation", organizations.WriteAffiliation);
        WriteAll("Location", organizations.WriteLocation);
        WriteAll("Practitioner", practitioners.WritePractitioner);
        WriteAll("PractitionerRole", practitioners.WriteRole);
        WriteAll("CareTeam", practitioners.WriteCareTeam);
        foreach (var questionnaire in world.Questionnaires.All) forms.Write(questionnaire);

        void WriteAll(string type, Action<NdjsonFile, int> write)
        {
            for (var i = 0; i < world.Size.Of(type); i++) write(files[type], i);
        }
    }

    /// <summary>In every twenty people most have little of everything and a few have much, the same people of each.</summary>
    private static void WritePatients(EngageWorld world, Dictionary<string, NdjsonFile> files)
    {
        var responses = world.Shares(world.Size.Responses, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 11, 15, 36);
        var encounters = world.Shares(world.Size.Encounters, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 6, 10);
        var plans = world.Shares(world.Size.CarePlans, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4);
        var tasks = world.Shares(world.Size.Tasks, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 5);
        var observations = world.Shares(world.Size.Observations, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6, 7, 7, 8, 8, 9, 10, 12, 16, 25);
        var writers = (Patient: new PatientWriter(world, files["Patient"]), Encounter: new EncounterWriter(world, files["Encounter"]),
            Response: new ResponseWriter(world, files["QuestionnaireResponse"]), Plan: new CarePlanWriter(world, files["CarePlan"]),
            Task: new TaskWriter(world, files["Task"]), Observation: new ObservationWriter(world, files["Observation"]));
        for (var i = 0; i < world.Size.Patients; i++)
        {
            var story = PatientStory.Of(world, i, encounters.Of(i));
            writers.Patient.Write(story);
            writers.Encounter.Write(story);
            writers.Response.Write(story, responses.Of(i));
            writers.Plan.Write(story, plans.Of(i));
            writers.Task.Write(story, tasks.Of(i));
            writers.Observation.Write(story, observations.Of(i));
        }
    }
}
