using Tributary.Web;

namespace Tributary.Tests.Web;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Every_name_has_one_block_and_labels_are_escaped()
    {
        var text = PrometheusText.Write(
            [new("runs_total", "status", "failed", 2), new("up", null, null, 1), new("runs_total", "status", "od\"d\\\n", 3.5)], "clinic", "dev");
        Assert.Equal("""
            # HELP tributary_up 1 when the warehouse answers.
            # TYPE tributary_up gauge
            tributary_up{project="clinic",target="dev"} 1
            # HELP tributary_runs_total Runs by status.
            # TYPE tributary_runs_total counter
            tributary_runs_total{project="clinic",target="dev",status="failed"} 2
            tributary_runs_total{project="clinic",target="dev",status="od\"d\\\n"} 3.5

            """, text);
    }
}
