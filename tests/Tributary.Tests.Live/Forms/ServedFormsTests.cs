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
            // First the tables, then their tests.
            for (var run = 0; run < 2; run++) await serving.LineAsync(line => line.Contains("Done in", StringComparison.Ordinal));
        }
    }

    [Fact]
    [Requirement("C7")]
    public async Task What_takes_in_changes_goes_before_tables_that_are_made_anew()
    {
        await using var host = await CouchHost.CreateAsync();
        using var project = await CouchProject.CreateWithFormsAsync(host);
        await project.WriteAsync("models/counted.sql", "{{ config(materialized='table') }} select count(*) as n from {{ source('v1', 'couchdb') }} where not _deleted");
        host.Medic.PutForm("visit", "<a/>", "");
        using var serving = project.Start("serve", "--listen", "127.0.0.1:0");
        await serving.LineAsync(line => line.Contains("following", StringComparison.OrdinalIgnoreCase));

        host.Medic.PutReport("r1", "visit", """{"a":"1"}""");
        await serving.LineAsync(line => line.Contains("formview_visit", StringComparison.Ordinal)); // the form's table is done
        await serving.LineAsync(line => line.Contains("Done in", StringComparison.Ordinal));
        await serving.LineAsync(line => line.Contains("counted", StringComparison.Ordinal)); // and then the rest
        await serving.LineAsync(line => line.Contains("Done in", StringComparison.Ordinal));
        Assert.Equal(["r1|1"], await host.Warehouse.LinesAsync(Rows));
        Assert.Equal(["2"], await host.Warehouse.LinesAsync("select n from cht.counted"));
        serving.Terminate();
        (await serving.EndAsync()).Expect(0);
    }
}
