using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Exports;

public sealed class AnonymousExportTests
{
    private const string Tables = """
        create table m.patient (id text, family_name text, gender text);
        insert into m.patient values ('patient-0001', 'Plantagenet', 'female'), ('patient-0002', 'Bosworth', 'male');
        create table m.patient_anon as select md5(id) as id, 'REDACTED'::text as family_name, gender from m.patient;
        """;

    [Fact]
    [Requirement("E27")]
    public async Task A_leak_blocks_the_export_and_nothing_is_published()
    {
        await using var world = await WorldAsync();
        await world.Warehouse.ExecuteAsync("update m.patient_anon set gender = 'Bosworth' where gender = 'male'");
        var error = await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(ExportWorld.Export(Track.Anon, "*")));
        Assert.Equal(ErrorCodes.LeakFound, error.Errors[0].Code);
        Assert.DoesNotContain("Bosworth", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(world.Root));

        var allowed = ExportWorld.Export(Track.Anon, "*") with { LeakCheck = new LeakOptions([new LeakException(ExportWorld.At, "patient_anon.gender", "planted")]) };
        Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(allowed)));
    }

    [Fact]
    [Requirement("E12", "E41")]
    public async Task The_anonymous_file_holds_nothing_of_the_personal_one()
    {
        await using var world = await WorldAsync();
        await world.RunAsync(ExportWorld.Export(Track.Pii, "*"), ExportWorld.Export(Track.Anon, "*"));
        var personal = world.Read(ExportWorld.NameOf(Track.Pii), "patient.csv");
        var anonymous = world.Read(ExportWorld.NameOf(Track.Anon), "patient_anon.csv");
        Assert.Equal(3, anonymous.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (var value in new[] { "patient-0001", "patient-0002", "Plantagenet", "Bosworth" })
        {
            Assert.Contains(value, personal, StringComparison.Ordinal);
            Assert.DoesNotContain(value, anonymous, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Requirement("E25")]
    public async Task A_new_column_stays_at_home_and_is_reported()
    {
        await using var world = await WorldAsync();
        await world.RunAsync(ExportWorld.Export(Track.Anon, "*"));
        await world.Warehouse.ExecuteAsync("alter table m.patient add brand_new text default 'secret'");
        await world.SucceedAsync("patient_anon");
        var warned = Assert.IsType<Outcome.Warned>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Anon, "*"))));
        Assert.Equal(ErrorCodes.ColumnHeldBack, warned.Warning.Code);
        Assert.Contains("patient.brand_new", warned.Warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("brand_new", world.Read(ExportWorld.NameOf(Track.Anon), "patient_anon.csv"), StringComparison.Ordinal);
    }

    private static async Task<ExportWorld> WorldAsync()
    {
        var world = await ExportWorld.CreateAsync(Tables);
        await world.AddAsync("patient", Track.Pii, new("id", Class: "id"), new("family_name", Class: "name"), new("gender", Class: "safe"));
        await world.AddAsync("patient_anon", Track.Anon, new("id", Class: "safe"), new("family_name", Class: "safe"), new("gender", Class: "safe"));
        return world;
    }
}
