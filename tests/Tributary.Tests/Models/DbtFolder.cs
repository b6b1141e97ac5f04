using Tributary.Core.Graph;
using Tributary.Core.Models;
using Tributary.Core.Text;

namespace Tributary.Tests.Models;

/// <summary>
/// A dbt project in a temporary folder, written as one text: each file begins with a line <c>--- path</c>. A project without
/// <c>dbt_project.yml</c> gets the smallest one. Deleted at the end.
/// </summary>
internal sealed class DbtFolder : IDisposable
{
    private static int count;

    public DbtFolder(string files)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"tributary-models-{Environment.ProcessId}-{Interlocked.Increment(ref count)}");
        if (!files.Contains("--- dbt_project.yml", StringComparison.Ordinal)) files = "--- dbt_project.yml\nname: shop\n" + files;
        foreach (var part in files.ReplaceLineEndings("\n").Split("--- ", StringSplitOptions.RemoveEmptyEntries).Where(part => part.Trim().Length > 0)) Write(part);
    }

    public string Path { get; }

    public ProfileTarget Target { get; set; } = new("dev", "db", "analytics");

    public Dictionary<string, object?> Vars { get; } = [];

    public Dictionary<string, string> Environment_ { get; } = [];

    /// <summary>The verb that templates see.</summary>
    public string Verb { get; set; } = "build";

    /// <summary>What differs from call to call.</summary>
    public CallFacts Call { get; set; } = new();

    /// <summary>Where the parsed project is kept for the next reading; null: nowhere.</summary>
    public string? CacheFolder { get; set; }

    public ModelFiles Read() => ModelFiles.Read(Path, new ModelSettings(Target)
    {
        Vars = Vars,
        Environment = name => Environment_.GetValueOrDefault(name),
        Verb = Verb,
        Call = Call,
        CacheFolder = CacheFolder,
    });

    public ModelProject Load(params GeneratedModel[] generated) => ModelProject.Load(Read(), generated);

    /// <summary>What is wrong with the project, one line each, hints left out.</summary>
    public string[] Problems(params GeneratedModel[] generated)
    {
        try
        {
            Load(generated);
            return [];
        }
        catch (UserErrorException error)
        {
            return [.. error.Errors.Select(problem => (problem with { Hint = null }).ToString())];
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private void Write(string part)
    {
        var end = part.Contains('\n', StringComparison.Ordinal) ? part.IndexOf('\n', StringComparison.Ordinal) : part.Length;
        var file = System.IO.Path.Combine(Path, part[..end].Trim());
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, part[Math.Min(end + 1, part.Length)..]);
    }
}
