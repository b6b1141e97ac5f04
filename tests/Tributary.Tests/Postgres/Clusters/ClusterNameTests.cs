using Tributary.Core.Postgres.Clusters;

namespace Tributary.Tests.Postgres.Clusters;

public sealed class ClusterNameTests
{
    [Theory]
    [InlineData("/home/ada/Engage 2", "^engage-2-[0-9a-f]{8}$")]
    [InlineData("/", "^[0-9a-f]{8}$")]
    [InlineData("/srv/ä", "^[0-9a-f]{8}$")]
    [InlineData("/srv/a-very-long-name-of-a-folder-that-nobody-would-type", "^a-very-long-name-of-a-folder-tha-[0-9a-f]{8}$")]
    public void Is_readable_and_safe_as_a_folder(string project, string expected) => Assert.Matches(expected, ClusterName.Of(project));

    [Fact]
    public void Two_checkouts_have_two_names() => Assert.NotEqual(ClusterName.Of("/home/ada/engage"), ClusterName.Of("/home/bob/engage"));

    [Fact]
    public void A_link_and_what_it_points_at_are_one_path()
    {
        var folder = Directory.CreateTempSubdirectory("tributary-path-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "real", "project"));
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), "real");

            Assert.Equal(RealPath.Of(Path.Combine(folder.FullName, "real/project/")), RealPath.Of(Path.Combine(folder.FullName, "link/../link/project")));
            Assert.Equal(Path.Combine(RealPath.Of(folder.FullName), "absent", "folder"), RealPath.Of(Path.Combine(folder.FullName, "absent/folder")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("/state", "/state")]
    [InlineData("relative", "/relative")]
    public void The_state_directory_can_be_named(string chosen, string expected) =>
        Assert.EndsWith(expected, StateDirectory.Locate(name => name == StateDirectory.Variable ? chosen : null), StringComparison.Ordinal);
}
