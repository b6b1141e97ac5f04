using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Tests.Postgres;

public sealed class ServerFactsTests
{
    private static readonly ServerFacts Good = new(150018, "warehouse", "engage", IsSuperuser: false, MayCreate: true, HasControlSchemas: false, IsStandby: false, "UTF8");

    [Fact]
    public void A_good_server_has_neither_problems_nor_warnings()
    {
        Assert.Empty(ServerCheck.Problems(Good));
        Assert.Empty(ServerCheck.Warnings(Good));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() =>
        Assert.Equal(
            [ErrorCodes.ServerTooOld, ErrorCodes.ServerUnsuitable, ErrorCodes.ServerUnsuitable, ErrorCodes.PrivilegeMissing],
            ServerCheck.Problems(Good with { Version = 140022, IsStandby = true, Encoding = "LATIN1", MayCreate = false }).Select(problem => problem.Code));

    [Fact]
    public void The_grant_quotes_its_names() =>
        Assert.Contains(
            "grant create on database \"ware house\" to \"O\"\"Neil\";",
            ServerCheck.Problems(Good with { MayCreate = false, Database = "ware house", Role = "O\"Neil" }).Single().Hint,
            StringComparison.Ordinal);
}
