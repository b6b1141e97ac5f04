using System.Globalization;
using System.Text;

namespace Tributary.Bench;

/// <summary>A temporary folder with FHIR-like NDJSON, the same bytes for the same seed: observations of about 1.25 KB.</summary>
internal sealed class BenchFolder : IDisposable
{
    private BenchFolder(string path) => Path = path;

    public string Path { get; }

    public string File => System.IO.Path.Combine(Path, "Observation.ndjson");

    public static BenchFolder Write(long bytes, int seed)
    {
        var folder = new BenchFolder(Directory.CreateTempSubdirectory("tributary-bench-").FullName);
        var random = new Random(seed);
        using var file = new StreamWriter(folder.File, append: false, new UTF8Encoding(false), 1 << 20) { NewLine = "\n" };
        for (long written = 0, number = 0; written < bytes; number++)
        {
            var line = Observation(random, number);
            file.WriteLine(line);
            written += line.Length + 1;
        }
        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Observation(Random random, long number)
    {
        var id = $"{random.NextInt64():x16}{number:x8}";
        var at = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(30_000_000)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var components = string.Join(",", Enumerable.Range(0, 4).Select(i => Component(random, i)));
        return $$$"""{"resourceType":"Observation","id":"{{{id}}}","meta":{"versionId":"1","lastUpdated":"{{{at}}}"},"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs","display":"Vital Signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"85354-9","display":"Blood pressure panel"}],"text":"Blood pressure panel"},"subject":{"reference":"Patient/{{{random.NextInt64():x16}}}"},"encounter":{"reference":"Encounter/{{{random.NextInt64():x16}}}"},"effectiveDateTime":"{{{at}}}","component":[{{{components}}}]}""";
    }

    private static string Component(Random random, int i) =>
        $$$"""{"code":{"coding":[{"system":"http://loinc.org","code":"{{{8000 + i}}}-{{{i}}}","display":"Component {{{i}}}"}]},"valueQuantity":{"value":{{{random.NextDouble() * 200:F4}}},"unit":"mm[Hg]","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}""";
}
