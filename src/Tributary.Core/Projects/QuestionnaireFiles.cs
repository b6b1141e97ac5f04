using Tributary.Core.Fhir;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>Finds the Questionnaire resources that a project keeps beside its metadata CSV.</summary>
internal sealed class QuestionnaireFiles(string folder)
{
    private static readonly string[] Extensions = [".json", ".ndjson"];

    public QuestionnaireDefinitions Read(QuestionnairesConfig config)
    {
        if (config.Definitions is not { } where) return QuestionnaireDefinitions.None;
        var path = Path.Combine(folder, where);
        string[] files = File.Exists(path) ? [path] : Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Where(IsDefinition).Order(StringComparer.Ordinal)] : [];
        if (files.Length == 0)
            throw new UserErrorException(ErrorCodes.FileMissing, config.At, $"questionnaires: there is no Questionnaire (.json or .ndjson) at {where}.", "Give a file or a folder below the project's folder.");
        return QuestionnaireDefinitions.Read(files.Select(file => (Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllBytes(file))));
    }

    private static bool IsDefinition(string file) => Extensions.Any(extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
