using Tributary.Core.Postgres.Clusters;
using Tributary.Core.Text;

namespace Tributary.Tests.Postgres.Clusters;

public sealed class StartFailureTests
{
    private static readonly ClusterFolder Folder = new("/state/engage-1f0c9a3d");

    [Theory]
    [InlineData("FATAL:  could not write lock file \"postmaster.pid\": No space left on device", ErrorCodes.DiskFull, true)]
    [InlineData("2026-01-01 [7] PANIC:  could not locate a valid checkpoint record", ErrorCodes.ClusterMissing, true)]
    [InlineData("sh: 2: cd: can't cd to /state\nPermission denied", ErrorCodes.ClusterFailed, true)]
    [InlineData("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", ErrorCodes.ClusterFailed, false)]
    [InlineData("", ErrorCodes.ClusterFailed, false)]
    public void Says_what_is_wrong_and_whether_waiting_helps(string output, string code, bool isLasting)
    {
        var error = Assert.Single(StartFailure.Explain(Folder, "Starting", output).Errors);

        Assert.Equal(code, error.Code);
        Assert.NotNull(error.Hint);
        Assert.Equal(isLasting, StartFailure.IsLasting(output));
    }

    [Fact]
    public void Repeats_the_servers_reason() =>
        Assert.Contains("FATAL:  database locale is incompatible",
            StartFailure.Explain(Folder, "Starting", "LOG:  starting\n2026 [7] FATAL:  database locale is incompatible\nLOG:  shut down").Message, StringComparison.Ordinal);
}
