using Tributary.Core.Text;

namespace Tributary.Tests.Text;

public sealed class SecretsFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tributary-secrets").FullName;

    [Fact]
    public void Reads_names_and_values()
    {
        var file = SecretsFile.Read(Write("# comment\n\nA=1\nexport B = 'x=y' \nC=\"\nD=\n"));
        Assert.Equal(("1", "x=y", "\"", "", null), (file.Find("A"), file.Find("B"), file.Find("C"), file.Find("D"), file.Find("E")));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Refuses_a_file_that_others_may_read_or_write(UnixFileMode extra)
    {
        var path = Write("A=hunter22", extra);
        var error = Assert.Throws<UserErrorException>(() => SecretsFile.Read(path));
        Assert.Equal($"{path}: TRB0114: others than its owner may read or write the secrets file\n  → Run: chmod 600 {path}", error.Message);
    }

    [Fact]
    public void Names_lines_that_are_no_assignments_without_showing_them()
    {
        var path = Write("A=1\nhunter22\n=x\n");
        var error = Assert.Throws<UserErrorException>(() => SecretsFile.Read(path));
        Assert.Equal($"{path}:2: TRB0117: expected NAME=value, found a line without a name and =\n{path}:3: TRB0117: expected NAME=value, found a line without a name and =", error.Message);
    }

    [Fact]
    public void A_named_file_must_exist()
    {
        var path = Path.Combine(folder, "absent.env");
        var error = Assert.Throws<UserErrorException>(() => SecretsFile.Locate(name => name == SecretsFile.PathVariable ? path : null));
        Assert.Equal(ErrorCodes.FileMissing, error.Errors[0].Code);
    }

    [Fact]
    public void Lies_below_the_home_directory_unless_named()
    {
        Assert.Null(SecretsFile.Locate(name => name == "HOME" ? folder : null));
        Directory.CreateDirectory(Path.Combine(folder, ".config", "tributary"));
        Write("A=home", file: ".config/tributary/secrets.env");
        Assert.Equal("home", SecretsFile.Locate(name => name == "HOME" ? folder : null)?.Find("A"));
        var named = Write("A=named");
        Assert.Equal("named", SecretsFile.Locate(name => name == "HOME" ? folder : named)?.Find("A"));
    }

    [Fact]
    public void The_environment_wins_over_the_file_and_the_redactor_knows_the_file()
    {
        var environment = new EnvironmentVariables(name => name == "A" ? "process" : null, SecretsFile.Read(Write("A=from-file\nB=other-secret\n")));
        Assert.Equal(("process", "other-secret", null), (environment.Find("A"), environment.Find("B"), environment.Find("C")));
        Assert.Equal("*** ***", environment.Redactor.Redact("from-file other-secret"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string text, UnixFileMode extra = UnixFileMode.None, string file = "secrets.env")
    {
        var path = Path.Combine(folder, file);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | extra);
        return path;
    }
}
