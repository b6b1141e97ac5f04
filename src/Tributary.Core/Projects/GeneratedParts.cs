using Tributary.Core.Fhir;
using Tributary.Core.Forms;
using Tributary.Core.Graph;
using Tributary.Core.Metrics;
using Tributary.Core.Models;
using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>
/// The models that the engine writes: first questionnaires and views, then the metrics over them, then anonymous twins of whatever is
/// declared by then.
/// </summary>
internal sealed class GeneratedParts(ProjectFiles files, ModelFiles dbt, string folder, Problems problems)
{
    private readonly List<GeneratedModel> models = [];
    private readonly List<UserError> warnings = [];

    public IReadOnlyList<GeneratedModel> Models => models;

    public IReadOnlyList<UserError> Warnings => warnings;

    public MetricCatalog? Metrics { get; private set; }

    public AnonymousTwins Twins { get; private set; } = AnonymousTwins.None;

    /// <summary>Every model that is declared so far, hand-written ones first.</summary>
    public IReadOnlyList<DeclaredModel> Declared => [.. dbt.Declared, .. models.Select(dbt.Declare)];

    public void AddQuestionnaires()
    {
        if (files.File.Questionnaires is not { } config) return;
        var responses = RawTables.Find(files, dbt, config.Responses);
        if (responses is null)
        {
            problems.Add(ErrorCodes.UnknownName, config.At, $"questionnaires: no dbt source says that it is the stream '{config.Responses}'.",
                $"Add `meta: {{tributary: {{stream: {config.Responses}}}}}` to its table in models/.");
            return;
        }
        var path = Path.Combine(folder, config.Metadata);
        if (!File.Exists(path))
        {
            problems.Add(ErrorCodes.FileMissing, config.At, $"questionnaires: there is no file {config.Metadata}.", "Give its path below the project's folder.");
            return;
        }
        Collect(() =>
        {
            var made = QuestionnaireModels.From(config, QuestionnaireMetadata.Read(config.Metadata, File.ReadAllText(path), new QuestionnaireFiles(folder).Read(config)), responses);
            models.AddRange(made.Models);
            warnings.AddRange(made.Warnings);
        });
    }

    public void AddForms(FormKnowledge known)
    {
        if (files.File.Forms is not { } config) return;
        if (RawTables.FindReports(files, dbt, config.Stream) is not { } reports)
        {
            problems.Add(ErrorCodes.UnknownName, config.At, $"forms: no dbt source says that it is the stream '{config.Stream}'.", $"Add `meta: {{tributary: {{stream: {config.Stream}}}}}` to its table in models/.");
            return;
        }
        models.AddRange(FormModels.From(config, known.Versions, reports, Declared.Select(model => model.Name).ToHashSet(StringComparer.Ordinal)));
        warnings.AddRange(known.Problems.Select(problem => new UserError(ErrorCodes.FormUnreadable, config.At,
            $"the form '{problem.Form}' ({problem.Where}) cannot be read: {problem.Problem}", "Its table stays as its last readable version made it; other forms are not touched.")));
    }

    public void AddViews()
    {
        var views = new ViewFiles(files, dbt, folder);
        foreach (var path in views.Paths()) Collect(() => models.Add(views.Model(path)));
    }

    public void AddMetrics()
    {
        Metrics = MetricCatalog.Check(files.Metrics.Values, Declared, files.File.Zone, problems);
        models.AddRange(MetricModels.From(Metrics));
    }

    public void AddTwins(PrivacyKey? key)
    {
        if (files.File.Privacy is not { } options || key is null) return;
        Collect(() =>
        {
            Twins = AnonymousTwins.Make(Declared, options, new MaskSettings(key.Mark, files.File.Zone));
            models.AddRange(Twins.Models);
            warnings.AddRange(Twins.Warnings);
        });
    }

    /// <summary>A part that throws its problems does not hide those of the others.</summary>
    private void Collect(Action make)
    {
        try
        {
            make();
        }
        catch (UserErrorException wrong)
        {
            problems.Add(wrong);
        }
    }
}
