using Tributary.Core.Jobs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary>Settings as other systems hand them over: a CSV with a header.</summary>
internal static class SettingsCsv
{
    private const int MostBytes = 5_000_000;

    /// <summary>All of them; throws every problem at once.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Read(FileInfo file, SettingsFile declared)
    {
        if (!file.Exists) throw new UserErrorException(ErrorCodes.FileMissing, new SourcePosition(file.Name), "the file does not exist");
        if (file.Length > MostBytes) throw new UserErrorException(ErrorCodes.LimitExceeded, new SourcePosition(file.Name), "the file is larger than 5 MB");
        var rows = CsvText.Read(File.ReadAllText(file.FullName), file.Name).ToList();
        if (rows.Count == 0) return [];
        var header = rows[0].Fields.Select(field => field.Trim('\uFEFF', ' ').ToLowerInvariant()).ToList();
        var (name, value, type) = (Column(header, "name", "key"), Column(header, "value"), Column(header, "type", "setting_type"));
        if (name < 0 || value < 0) throw new UserErrorException(ErrorCodes.MissingKey, new SourcePosition(file.Name, 1), "expected the columns name (or key) and value in the first line");
        var problems = new Problems();
        var found = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var row in rows.Skip(1))
        {
            string Field(int column) => column >= 0 && column < row.Fields.Count ? row.Fields[column] : "";
            Add(declared, found, problems, new SourcePosition(file.Name, row.Line), Field(name).Trim(), Field(value), Field(type).Trim().ToLowerInvariant());
        }
        problems.ThrowIfAny();
        return [.. found.Select(entry => (entry.Key, entry.Value))];
    }

    private static void Add(SettingsFile declared, Dictionary<string, object?> found, Problems problems, SourcePosition at, string name, string text, string type)
    {
        if (declared.Find(name) is not { } declaration) problems.Add(ErrorCodes.SettingInvalid, at, $"'{Excerpt.Of(name)}' is not declared in settings.yml", Nearest.Hint(name, [.. declared.Settings.Keys]));
        else if (type.Length > 0 && type != Identifier.Snake(declaration.Type.ToString())) problems.Add(ErrorCodes.SettingInvalid, at, $"{name}: the file says {Excerpt.Of(type)}, settings.yml says {Identifier.Snake(declaration.Type.ToString())}");
        else if (!declaration.TryParse(text, out var value, out var wrong)) problems.Add(ErrorCodes.SettingInvalid, at, $"{name}: {wrong}");
        else if (!found.TryAdd(name, value)) problems.Add(ErrorCodes.DuplicateName, at, $"{name} stands here twice", "Keep one line.");
    }

    private static int Column(List<string> header, params string[] names) => header.FindIndex(names.Contains);
}
