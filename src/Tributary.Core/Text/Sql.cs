using System.Collections.Concurrent;

namespace Tributary.Core.Text;

/// <summary>The SQL that lies beside the code as embedded <c>.sql</c> files, by path below the project: <c>Graph/read_successes.sql</c>.</summary>
public static class Sql
{
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    public static string Read(string path) => Texts.GetOrAdd(path, static name =>
    {
        using var stream = typeof(Sql).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"No embedded file {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}
