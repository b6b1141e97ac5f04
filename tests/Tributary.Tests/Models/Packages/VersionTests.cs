using Tributary.Core.Models.Packages;

namespace Tributary.Tests.Models.Packages;

public sealed class VersionTests
{
    [Theory]
    [InlineData("1.0.0", "1.0.0", true)]
    [InlineData("=1.0.0", "1.0.1", false)]
    [InlineData(">=1.0.0,<2.0.0", "1.9.9", true)]
    [InlineData(">=1.0.0,<2.0.0", "2.0.0", false)]
    [InlineData(">=1.0.0,<2.0.0", "2.0.0-rc1", false)]
    [InlineData(">1.0.0-beta.2", "1.0.0-beta.11", true)]
    [InlineData(">=1.0.0", "1.0.0-rc1", false)]
    [InlineData("<=1.2.3", "1.2.3+build7", true)]
    [InlineData(">=0.10.0", "0.9.9", false)]
    public void Bounds_admit_what_dbt_admits(string range, string version, bool expected) =>
        Assert.Equal(expected, VersionRange.Parse([range], out _)!.Admits(SemanticVersion.Parse(version)!));

    [Theory]
    [InlineData("1.0")]
    [InlineData(">= one")]
    [InlineData("")]
    [InlineData("01.0.0")]
    public void What_is_no_version_is_named(string text)
    {
        Assert.Null(VersionRange.Parse([text], out var wrong));
        Assert.Equal(text.Trim(), wrong);
    }

    [Fact]
    public void The_digest_of_wishes_is_dbts()
    {
        // computed once from Python's own json and sha1 over the form that dbt keeps in its lock files
        HubSpec[] wishes = [Hub("acme/two", "1.0.0"), Hub("acme/one", "0.9.0")];
        Assert.Equal("b825bfe80ae5141e88e3d7ac73fc93f2d9009133", PackageLock.DigestOf(wishes));

        static HubSpec Hub(string name, string version) =>
            new(default, name, VersionRange.Parse([version], out _)!, version, Prereleases: false) { Written = new Dictionary<string, object?> { ["package"] = name, ["version"] = version } };
    }
}
