namespace Tributary.Bench;

/// <summary>The embedded texts of the view bench: what it generates, the views and the SQL that was written by hand.</summary>
internal static class ViewBenchText
{
    public static string Read(string name)
    {
        using var stream = typeof(ViewBenchText).Assembly.GetManifestResourceStream($"Views/{name}") ?? throw new InvalidOperationException($"No embedded file Views/{name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
