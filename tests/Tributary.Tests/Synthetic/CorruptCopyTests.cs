using System.Text;
using Tributary.Synthetic;
using Tributary.Synthetic.Engage;
using Tributary.Synthetic.Faults;

namespace Tributary.Tests.Synthetic;

public sealed class CorruptCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ten_lines_differ_and_the_rest_is_equal()
    {
        var (good, bad) = (_folder.Sub("good"), _folder.Sub("bad"));
        EngageFhir.Write(good, new SyntheticOptions(1, 0.1));
        CorruptCopy.Write(good, bad, seed: 5, faults: 10);
        var faults = PlantedFaults.Read(bad);
        var different = good.GetFiles("*.ndjson").SelectMany(file => Different(file, bad)).ToList();
        Assert.Equal(faults.Select(fault => (fault.File, fault.Line)).Order(), different.Order());
        Assert.Equal(10, faults.Select(fault => fault.Kind).Distinct().Count());
    }

    private static IEnumerable<(string File, long Line)> Different(FileInfo file, DirectoryInfo other)
    {
        var (before, after) = (Lines(file.FullName), Lines(Path.Combine(other.FullName, file.Name)));
        Assert.Equal(before.Length, after.Length);
        return Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).Select(i => (file.Name, i + 1L));
    }

    private static string[] Lines(string path) => File.ReadAllText(path, Encoding.Latin1).Split('\n');
}
