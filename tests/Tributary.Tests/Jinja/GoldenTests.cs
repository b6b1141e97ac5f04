namespace Tributary.Tests.Jinja;

public sealed class GoldenTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(GoldenFile.Folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Renders_as_expected(string name)
    {
        var golden = GoldenFile.Read(name);
        Assert.Equal(golden.Expected, golden.Run());
    }
}
