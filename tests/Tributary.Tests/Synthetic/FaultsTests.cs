using System.Text;
using System.Text.Json;
using Tributary.Synthetic;
using Tributary.Synthetic.Engage;
using Tributary.Synthetic.Faults;

namespace Tributary.Tests.Synthetic;

public sealed class FaultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Faulty_lines_stand_where_the_list_says()
    {
        var folder = Write(25);
        var faults = PlantedFaults.Read(folder);
        Assert.Equal(25, faults.Count);
        Assert.Equal(FaultyLine.Kinds.Order(), faults.Select(fault => fault.Kind).Distinct().Order());
        foreach (var fault in faults)
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder.FullName, fault.File));
            var line = LineAt(bytes, fault.Offset);
            Assert.Equal(fault.Line, 1 + bytes.AsSpan(0, (int)fault.Offset).Count((byte)'\n'));
            Assert.False(IsGood(line, fault.File.Split('.')[0]), $"{fault.File}:{fault.Line} ({fault.Kind}) reads as a good resource.");
        }
    }

    [Fact]
    public void Good_lines_are_the_same_with_and_without_faults()
    {
        var (clean, faulty) = (Write(0), Write(40));
        foreach (var type in EngageFhir.Types)
        {
            var good = Lines(clean, type);
            Assert.Equal(good, Lines(faulty, type).Intersect(good));
        }

        var planted = EngageFhir.Types.Sum(type => Lines(faulty, type).Length - Lines(clean, type).Length);
        Assert.Equal(40, planted);
    }

    [Fact]
    public void Without_faults_there_is_no_list() => Assert.False(File.Exists(Path.Combine(Write(0).FullName, "faults.csv")));

    private static bool IsGood(ReadOnlySpan<byte> line, string type)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(line);
            using var resource = JsonDocument.Parse(text);
            return resource.RootElement.TryGetProperty("resourceType", out var named) && named.GetString() == type
                && resource.RootElement.GetProperty("id").ValueKind == JsonValueKind.String && !text.Contains("\\u0000", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static byte[] LineAt(byte[] bytes, long offset) => bytes[(int)offset..(Array.IndexOf(bytes, (byte)'\n', (int)offset))];

    private static string[] Lines(DirectoryInfo folder, string type) => File.ReadAllText(Path.Combine(folder.FullName, $"{type}.ndjson"), Encoding.Latin1).Split('\n')[..^1];

    private DirectoryInfo Write(int faults)
    {
        var folder = _folder.Sub($"faults-{faults}");
        EngageFhir.Write(folder, new SyntheticOptions(3, 0.2, Faults: faults));
        return folder;
    }
}
