using Tributary.Tests.Live.Connectors.Couch;

namespace Tributary.Tests.Live.Forms;

/// <summary><c>serve</c> over a CouchDB: a change is in the form's table as soon as it is told.</summary>
public sealed class ServedFormsTests
{
    private const string Rows = "select uuid, a from cht.formview_visit order by 1";

    [Fact]
    [Requirement("C3", "C4")]
    public async Task Changes_deletions_and_new_forms_are_in_the_tables_while_it_stays()
    {
        await using var host = await CouchHost.CreateAsync();
        using var project = await CouchProject.CreateWithFormsAsync(host);
        host.Medic.PutForm("visit", "<a/>", "<bind nodeset=\"/visit/a\" type=\"int\"/>");
        host.Medic.PutReport("r1", "visit", """{"a":"1"}""");
        using var serving = project.Start("serve", "--listen", "127.0.0.1:0");
        await serving.LineAsync(line => line.Contains("following", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["r1|1"], await host.Warehouse.LinesAsync(Rows)); // the form came in the first look, and was a table in it

        await ChangeAsync(() => host.Medic.PutReport("r2", "visit", """{"a":"2"}"""));
        Assert.Equal(["r1|1", "r2|2"], await host.Warehouse.LinesAsync(Rows));
        await ChangeAsync(() => host.Medic.Delete("r1"));
        Assert.Equal(["r2|2"], await host.Warehouse.LinesAsync(Rows));
        await ChangeAsync(() => host.Medic.PutForm("late", "<b/>", ""));
        await ChangeAsync(() => host.Medic.PutReport("l1", "late", """{"b":"x"}"""));
        Assert.Equal(["l1|x"], await host.Warehouse.LinesAsync("select uuid, b from cht.formview_late"));

        serving.Terminate();
        (await serving.EndAsync()).Expect(0);

        async Task ChangeAsync(Action change)
        {
            change();
            await serving.LineAsync(line => line.Contains("Done in", StringComparison.Ordinal));
        }
    }
}
