using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Tests.Privacy;

public sealed class PrivacyKeyTests
{
    private static readonly SourcePosition At = new("tributary.yml", 3);

    [Fact]
    [Requirement("X11")]
    public void Refuses_a_short_key_without_showing_it()
    {
        var error = Assert.Throws<UserErrorException>(() => PrivacyKey.From(new Secret("too-short-key"), At));
        Assert.Equal(ErrorCodes.InvalidValue, error.Errors[0].Code);
        Assert.DoesNotContain("too-short-key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_key_has_another_mark_and_other_digests()
    {
        var (one, two) = (PrivacyKey.From(PrivacyKey.Generate(), At), PrivacyKey.From(PrivacyKey.Generate(), At));
        Assert.NotEqual(one.Mark, two.Mark);
        Assert.NotEqual(one.Digest("p1"), two.Digest("p1"));
        Assert.Matches("^[0-9a-f]{16}$", one.Mark);
    }

    [Fact]
    [Requirement("X11")]
    public void Shows_only_its_mark()
    {
        var secret = PrivacyKey.Generate();
        var key = PrivacyKey.From(secret, At);
        Assert.DoesNotContain(secret.Reveal(), $"{key} {key.SessionSetting}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_is_made_once_and_readable_by_its_user_alone()
    {
        var folder = Directory.CreateTempSubdirectory("privacy-key");
        var path = Path.Combine(folder.FullName, "privacy.key");
        var first = await PrivacyKeyFile.ReadOrMakeAsync(path, CancellationToken.None);
        var second = await PrivacyKeyFile.ReadOrMakeAsync(path, CancellationToken.None);
        Assert.Equal(first, second);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(folder.GetFiles());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Directory.CreateTempSubdirectory("privacy-key");
        var path = Path.Combine(folder.FullName, "privacy.key");
        await PrivacyKeyFile.ReadOrMakeAsync(path, CancellationToken.None);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await Assert.ThrowsAsync<UserErrorException>(() => PrivacyKeyFile.ReadOrMakeAsync(path, CancellationToken.None));
        folder.Delete(recursive: true);
    }
}
