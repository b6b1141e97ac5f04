using Tributary.Core.Exports;
using Tributary.Core.Ingest;
using Tributary.Core.Metrics;
using Tributary.Core.Models;
using Tributary.Core.Projects.Profiles;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Projects;

/// <summary>A folder with <c>dbt_project.yml</c> and no <c>tributary.yml</c>: a project too, whose warehouse stands in <c>profiles.yml</c>.</summary>
internal static class PlainProject
{
    private const string FileName = "dbt_project.yml";

    public static bool Is(string folder) => ModelFiles.Exists(folder) && !File.Exists(Path.Combine(folder, ProjectFiles.FileName));

    /// <summary>The parts of a project that dbt has no word for are empty; names and the warehouse come from dbt's files.</summary>
    public static (ProjectFiles Files, TargetChoice Target, IReadOnlyList<UserError> Warnings) Read(ProjectRequest request)
    {
        var problems = new Problems();
        var strings = new ProfileStrings(request, problems);
        if (YamlFile.Read(Path.Combine(request.Folder, FileName), FileName, new Problems()) is not YamlMap root)
            throw new UserErrorException(ErrorCodes.WrongType, new SourcePosition(FileName, 1), "a dbt project is a map of keys");
        var name = strings.Text(root, "name") ?? "project";
        var profileName = request.Profile ?? request.Environment.Find("DBT_PROFILE") ?? strings.Text(root, "profile") ?? throw new UserErrorException(ErrorCodes.MissingKey, root.At,
            "the project names no profile, and there is no tributary.yml", "Add 'profile: name' to dbt_project.yml, or pass --profile.");
        var profile = ProfilesFile.Find(request).Choose(profileName, request.Target ?? request.Environment.Find("DBT_TARGET"), strings, request.Environment.Redactor);
        problems.ThrowIfAny();
        var file = new TributaryFile(new SourcePosition(FileName, 1), TributaryFile.KnownVersion, name, Threads: profile.Threads);
        return (
            new ProjectFiles(file, Nothing<Source>(), Nothing<Destination>(), Nothing<Export>(), Nothing<MetricFile>()),
            new TargetChoice(profile.Target, profile.Warehouse, profile.Schema, SchemaPrefix: "", IsProduction: false, Destinations: null) { Profile = profileName },
            problems.Warnings);
    }

    private static Dictionary<string, T> Nothing<T>() => [];
}
