namespace Tributary.Core.Text;

/// <summary>
/// <c>NAME=value</c> lines outside the project, at <c>TRIBUTARY_SECRETS_FILE</c> or <c>~/.config/tributary/secrets.env</c>;
/// only its owner may be able to read it. <c>#</c> begins a comment line, quotes around a value are taken off.
/// </summary>
public sealed class SecretsFile
{
    public const string PathVariable = "TRIBUTARY_SECRETS_FILE";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private SecretsFile(string path) => Path = path;

    public string Path { get; }

    public IEnumerable<string> Values => values.Values;

    /// <summary>The value of a name, or null.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <summary>The file that the environment or the home directory points at; null when neither exists. A named file must exist.</summary>
    public static SecretsFile? Locate(Func<string, string?> environment)
    {
        if (environment(PathVariable) is { Length: > 0 } named) return Read(named);
        var config = environment("XDG_CONFIG_HOME") is { Length: > 0 } folder ? folder
            : environment("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".config") : null;
        var path = config is null ? null : System.IO.Path.Combine(config, "tributary", "secrets.env");
        return File.Exists(path) ? Read(path) : null;
    }

    /// <summary>Throws <see cref="UserErrorException"/>: TRB0101 no such file, TRB0114 others may read it, TRB0117 a line without <c>=</c>.</summary>
    public static SecretsFile Read(string path)
    {
        if (!File.Exists(path))
            throw new UserErrorException(ErrorCodes.FileMissing, new SourcePosition(path), "the secrets file does not exist", $"Create it (mode 0600) or unset {PathVariable}.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            throw new UserErrorException(ErrorCodes.SecretsFileOpen, new SourcePosition(path), "others than its owner may read or write the secrets file", $"Run: chmod 600 {path}");
        var file = new SecretsFile(path);
        var problems = new Problems();
        var number = 0;
        foreach (var line in Lines(path)) file.Add(line.Trim(), new SourcePosition(path, ++number), problems);
        problems.ThrowIfAny();
        return file;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UserErrorException(ErrorCodes.FileMissing, new SourcePosition(path), "the secrets file cannot be read", "It must belong to the user that runs Tributary.");
        }
    }

    private void Add(string line, SourcePosition at, Problems problems)
    {
        if (line.Length == 0 || line[0] == '#') return;
        if (line.StartsWith("export ", StringComparison.Ordinal)) line = line[7..].TrimStart();
        var split = line.IndexOf('=', StringComparison.Ordinal);
        if (split <= 0)
        {
            problems.Add(ErrorCodes.SecretsFileSyntax, at, "expected NAME=value, found a line without a name and =");
            return;
        }
        values[line[..split].TrimEnd()] = Unquote(line[(split + 1)..].Trim());
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] is ('"' or '\'') && text[^1] == text[0] ? text[1..^1] : text;
}
