using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Projects.Profiles;

/// <summary>dbt's <c>profiles.yml</c>: named profiles, each with outputs (targets) for one warehouse (docs.getdbt.com, "profiles.yml").</summary>
internal sealed class ProfilesFile
{
    private const string FileName = "profiles.yml";

    private readonly string path;
    private readonly YamlMap root;

    private ProfilesFile(string path, YamlMap root)
    {
        this.path = path;
        this.root = root;
    }

    /// <summary>The folder that was asked for; else the first of this folder, the project's and <c>~/.dbt</c> that holds the file.</summary>
    public static ProfilesFile Find(ProjectRequest request)
    {
        var asked = request.ProfilesFolder ?? request.Environment.Find("DBT_PROFILES_DIR");
        var home = request.Environment.Find("HOME") ?? "";
        string[] folders = asked is not null ? [asked] : [Environment.CurrentDirectory, request.Folder, Path.Combine(home, ".dbt")];
        var found = folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists)
            ?? throw new UserErrorException(ErrorCodes.FileMissing, new SourcePosition(FileName),
                $"There is no {FileName} in {string.Join(", ", folders.Distinct())}.", "Write one beside dbt_project.yml, or say where it lies by --profiles-dir.");
        return YamlFile.Read(found, FileName) is YamlMap root
            ? new ProfilesFile(found, root)
            : throw new UserErrorException(ErrorCodes.WrongType, new SourcePosition(FileName, 1), $"{found} holds no map of profiles");
    }

    public Profile Choose(string name, string? target, ProfileStrings strings, Redactor redactor)
    {
        if (root.Find(name) is not YamlMap profile)
            throw new UserErrorException(ErrorCodes.UnknownName, new SourcePosition(FileName, 1), $"{path} has no profile '{name}'.", Nearest.Hint(name, [.. root.Entries.Select(entry => entry.Key)]));
        if (profile.Find("outputs") is not YamlMap outputs)
            throw new UserErrorException(ErrorCodes.MissingKey, profile.At, $"the profile '{name}' has no outputs");
        var chosen = target ?? strings.Text(profile, "target") ?? "default";
        if (outputs.Find(chosen) is not YamlMap output)
            throw new UserErrorException(ErrorCodes.UnknownName, outputs.At, $"the profile '{name}' has no target '{chosen}'", Nearest.Hint(chosen, [.. outputs.Entries.Select(entry => entry.Key)]));
        return new PostgresOutput(chosen, output, strings).Read(redactor);
    }
}
