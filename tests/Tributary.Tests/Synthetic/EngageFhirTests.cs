using System.IO.Compression;
using System.Text.Json;
using Tributary.Synthetic;
using Tributary.Synthetic.Engage;

namespace Tributary.Tests.Synthetic;

public sealed class EngageFhirTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact, Requirement("E39", "X10")]
    public void The_demo_has_the_counts_of_today()
    {
        var folder = Write("demo", new SyntheticOptions());
        Assert.Equal(400, Lines(folder, "Patient").Length);
        Assert.Equal(2384, Lines(folder, "QuestionnaireResponse").Length);
        Assert.Equal(1082, Lines(folder, "Encounter").Length);
        Assert.Equal(588, Lines(folder, "CarePlan").Length);
        Assert.Equal(72, Lines(folder, "Practitioner").Length);
        Assert.Equal(15, Lines(folder, "Location").Length);
        Assert.Equal(13, Lines(folder, "Organization").Length);
        Assert.Equal(11, Lines(folder, "CareTeam").Length);
        Assert.All(EngageFhir.Types, type => Assert.NotEmpty(Lines(folder, type)));
    }

    [Fact]
    public void Same_options_give_the_same_bytes()
    {
        var options = new SyntheticOptions(Seed: 7, Scale: 0.2, Faults: 5);
        var (first, second) = (Write("first", options), Write("second", options));
        foreach (var file in first.GetFiles()) Assert.Equal(File.ReadAllBytes(file.FullName), File.ReadAllBytes(Path.Combine(second.FullName, file.Name)));
    }

    [Fact]
    public void Another_seed_gives_other_people()
    {
        var (one, two) = (Write("one", new SyntheticOptions(1, 0.1)), Write("two", new SyntheticOptions(2, 0.1)));
        Assert.Empty(Ids(one, "Patient").Intersect(Ids(two, "Patient")));
    }

    [Fact]
    public void Scale_multiplies_every_type()
    {
        var folder = Write("scaled", new SyntheticOptions(1, 2.5));
        Assert.Equal(1000, Lines(folder, "Patient").Length);
        Assert.Equal(5960, Lines(folder, "QuestionnaireResponse").Length);
        Assert.All(EngageFhir.Types, type => Assert.Equal(new EngageSize(2.5).Of(type), Ids(folder, type).Distinct().Count()));
    }

    [Fact]
    public void Gzip_holds_the_same_text()
    {
        var (plain, packed) = (Write("plain", new SyntheticOptions(1, 0.1)), Write("packed", new SyntheticOptions(1, 0.1, Gzip: true)));
        using var stream = new GZipStream(File.OpenRead(Path.Combine(packed.FullName, "Task.ndjson.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        Assert.Equal(File.ReadAllText(Path.Combine(plain.FullName, "Task.ndjson")), reader.ReadToEnd());
    }

    [Fact]
    public void References_point_at_resources_that_exist()
    {
        var folder = Write("references", new SyntheticOptions(1, 0.3));
        var known = EngageFhir.Types.SelectMany(type => Ids(folder, type).Select(id => $"{type}/{id}")).ToHashSet(StringComparer.Ordinal);
        var found = EngageFhir.Types.SelectMany(type => Lines(folder, type)).SelectMany(References).ToList();
        Assert.True(found.Count > 1000);
        Assert.All(found, reference => Assert.Contains(reference, known));
    }

    [Fact]
    public void Nothing_was_updated_after_the_last_day()
    {
        var folder = Write("times", new SyntheticOptions());
        foreach (var line in EngageFhir.Types.SelectMany(type => Lines(folder, type)))
        {
            using var resource = JsonDocument.Parse(line);
            var updated = resource.RootElement.GetProperty("meta").GetProperty("lastUpdated").GetDateTime();
            Assert.InRange(updated, new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2025, 12, 30, 23, 59, 59, DateTimeKind.Utc));
        }
    }

    private static IEnumerable<string> References(string line)
    {
        foreach (var part in line.Split("\"reference\":\"").Skip(1))
        {
            var reference = part[..part.IndexOf('"', StringComparison.Ordinal)].Replace("https://fhir.engage.example.org/r4/", "", StringComparison.Ordinal);
            yield return string.Join('/', reference.Split('/').Take(2));
        }
    }

    private static IEnumerable<string> Ids(DirectoryInfo folder, string type)
    {
        foreach (var line in Lines(folder, type))
        {
            using var resource = JsonDocument.Parse(line);
            Assert.Equal(type, resource.RootElement.GetProperty("resourceType").GetString());
            yield return resource.RootElement.GetProperty("id").GetString()!; // every resource has an id
        }
    }

    private static string[] Lines(DirectoryInfo folder, string type) => File.ReadAllLines(Path.Combine(folder.FullName, $"{type}.ndjson"));

    private DirectoryInfo Write(string name, SyntheticOptions options)
    {
        var folder = _folder.Sub(name);
        EngageFhir.Write(folder, options);
        return folder;
    }
}
