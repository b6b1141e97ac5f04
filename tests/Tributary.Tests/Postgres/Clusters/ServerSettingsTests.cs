using Tributary.Core.Postgres.Clusters;

namespace Tributary.Tests.Postgres.Clusters;

public sealed class ServerSettingsTests
{
    private static readonly string Temporary = Path.GetTempPath();

    [Theory]
    [InlineData(1, "256MB", "4MB")]
    [InlineData(4, "1024MB", "16MB")]
    [InlineData(256, "1024MB", "64MB")]
    public void Memory_follows_the_machine_within_bounds(long gigabytes, string buffers, string work)
    {
        var text = ServerSettings.Text(new ClusterFolder(Temporary), 24_400, gigabytes << 30);

        Assert.Contains($"\nshared_buffers = {buffers}\n", text, StringComparison.Ordinal);
        Assert.Contains($"\nwork_mem = {work}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fsync = on")]
    [InlineData("synchronous_commit = on")]
    [InlineData("full_page_writes = on")]
    [InlineData("listen_addresses = '127.0.0.1'")]
    [InlineData("log_statement = none")]
    [InlineData("log_min_messages = log")]
    public void What_must_hold_is_said_and_not_left_to_defaults(string line) =>
        Assert.Contains($"\n{line}\n", ServerSettings.Text(new ClusterFolder(Temporary), 24_400, 1 << 30), StringComparison.Ordinal);

    [Fact]
    public void A_folder_too_deep_for_a_socket_goes_without() =>
        Assert.False(new ClusterFolder("/" + new string('a', 90)).HasRoomForSocket);
}
