using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Exports;

public sealed class FolderTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("folder");

    private Folder Folder => new(new SourcePosition("destinations/local.yml", 1), "local", home.FullName, "out", [Track.Pii]);

    private string Root => Path.Combine(home.FullName, "out");

    [Fact]
    [Requirement("X4")]
    public async Task What_a_dead_writer_left_is_removed_and_what_a_living_one_writes_stays()
    {
        await PublishAsync("a.zip", "one");
        var left = Path.Combine(Root, ".partial", "99999999-1.tmp"); // no process has this number
        await File.WriteAllTextAsync(left, "half");
        await using var living = await Folder.BeginAsync("b.zip", CancellationToken.None);
        await Folder.CleanAsync(CancellationToken.None);
        Assert.False(File.Exists(left));
        Assert.True(await living.PublishAsync(CancellationToken.None));
        Assert.Equal(["a.zip", "b.zip"], await NamesAsync());
    }

    [Fact]
    public async Task Given_up_leaves_nothing()
    {
        await using (await Folder.BeginAsync("a.zip", CancellationToken.None))
        {
        }
        Assert.Empty(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    [Requirement("E43")]
    public async Task Files_and_folders_are_for_their_user_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        await PublishAsync("2025/a.zip", "one");
        const UnixFileMode user = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(user, File.GetUnixFileMode(Path.Combine(Root, "2025/a.zip")));
        Assert.Equal(user | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(Root, "2025")));
    }

    [Theory]
    [InlineData("../a.zip")]
    [InlineData("/outside/a.zip")]
    [InlineData("x/../../a.zip")]
    [InlineData(".partial/a.zip")]
    [InlineData("link/a.zip")]
    public async Task No_name_leads_outside(string name)
    {
        Directory.CreateDirectory(Root);
        Directory.CreateSymbolicLink(Path.Combine(Root, "link"), home.FullName);
        await Assert.ThrowsAsync<IOException>(() => Folder.BeginAsync(name, CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(() => Folder.OpenReadAsync(name, CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(home.FullName, "*.zip", SearchOption.AllDirectories));
    }

    private async Task PublishAsync(string name, string text)
    {
        await using var pending = await Folder.BeginAsync(name, CancellationToken.None);
        await pending.Content.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.True(await pending.PublishAsync(CancellationToken.None));
    }

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var file in Folder.ListAsync(CancellationToken.None)) names.Add(file.Name);
        return names;
    }

    public void Dispose() => home.Delete(recursive: true);
}
