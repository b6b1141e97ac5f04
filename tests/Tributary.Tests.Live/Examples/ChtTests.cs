using System.Text.Json;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>The example cht with the real program and a server of others: copy, build under all tests, live changes in form tables.</summary>
public sealed class ChtTests
{
    private const string Pregnancies = "select uuid, weeks_pregnant from forms.formview_pregnancy where uuid like 'live%'";

    [Fact]
    [Requirement("C4", "C8", "C10", "C24", "C25", "C26", "C27", "C31", "X10", "X13")]
    public async Task Databases_become_todays_tables_and_a_change_is_in_its_form_table_at_once()
    {
        await using var project = await ChtProject.CreateAsync();
        (await project.RunAsync("check")).Expect(0);
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("build")).Expect(0);

        await AssertRawIsTheSourceAsync(project);
        await AssertReportsAsync(project);
        await AssertTodaysNamesAsync(project);

        using var following = project.Start("serve", "--listen", "127.0.0.1:0");
        for (var i = 0; i < 5; i++) await following.LineAsync(line => line.Contains("following", StringComparison.OrdinalIgnoreCase));
        var written = await project.Server.PutAsync("medic", Report("live", "9"));
        await project.UntilAsync(Pregnancies, "live|9");
        await project.Server.PutAsync("medic", new { _id = "live", _rev = written[0], type = "data_record", form = "pregnancy", fields = new { weeks_pregnant = "nine" } });
        await project.UntilAsync(Pregnancies, "live|∅");
        var found = await project.Server.Http.GetStringAsync("medic/live", TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(found);
        await project.Server.PutAsync("medic", new { _id = "live", _rev = document.RootElement.GetProperty("_rev").GetString(), _deleted = true });
        await project.UntilAsync(Pregnancies);
        following.Terminate();
        (await following.EndAsync()).Expect(0);
    }

    private static object Report(string id, string weeks) => new { _id = id, type = "data_record", form = "pregnancy", fields = new { weeks_pregnant = weeks } };

    /// <summary>As many rows as the server has documents, deleted ones besides, and no two databases in one another's way.</summary>
    private static async Task AssertRawIsTheSourceAsync(ChtProject project)
    {
        foreach (var database in (string[])["medic", "medic-sentinel", "medic-users-meta", "_users", "medic-logs"])
        {
            using var about = JsonDocument.Parse(await project.Server.Http.GetStringAsync(database, TestContext.Current.CancellationToken));
            Assert.Equal(about.RootElement.GetProperty("doc_count").GetInt64(),
                await project.Warehouse.ScalarAsync<long>("select count(*) from v1.couchdb where not _deleted and source = $1", $"127.0.0.1/{database}"));
        }
        Assert.Equal(["0"], await project.Warehouse.LinesAsync("select count(*) from v1.couchdb where doc::text ~ '\"(derived_key|salt)\":'"));
    }

    /// <summary>Dirt is null where it has a type, and stays as it came beside.</summary>
    private static async Task AssertReportsAsync(ChtProject project)
    {
        Assert.Equal(["0"], await project.Warehouse.LinesAsync("""
            select count(*) from (
                (select uuid from cht.data_record where form = 'child_assessment' except all select uuid from forms.formview_child_assessment)
                union all (select uuid from forms.formview_child_assessment except all select uuid from cht.data_record where form = 'child_assessment')
            ) as differs
            """));
        Assert.Equal(["0"], await project.Warehouse.LinesAsync("select count(*) from forms.formview_pregnancy f join v1.couchdb c on c._id = f.uuid where f.weeks_pregnant is null and c.doc #>> '{fields,weeks_pregnant}' ~ '^[0-9]+$'"));
        Assert.NotEqual(["0"], await project.Warehouse.LinesAsync("select count(*) from cht.data_record r join v1.couchdb c on c._id = r.uuid where r.reported is not null and jsonb_typeof(c.doc -> 'reported_date') = 'string'"));
        Assert.Equal(["0"], await project.Warehouse.LinesAsync("select count(*) from cht.report_subject where form = 'pregnancy' and patient_uuid is null"));
        Assert.Equal(["clinic|false", "district_hospital|false", "health_center|false", "person|true"],
            [.. (await project.Warehouse.LinesAsync("select id, person from cht.contact_type where configured order by 1")).Select(line => line.ToLowerInvariant())]);
        Assert.NotEqual(["0"], await project.Warehouse.LinesAsync("select count(*) from cht.contact_muting where not muted"));
        Assert.NotEqual(["0"], await project.Warehouse.LinesAsync("select count(*) from use.useview_pregnancy where status = 'delivered' and postnatal_visits > 0"));
    }

    private static async Task AssertTodaysNamesAsync(ChtProject project)
    {
        Assert.Equal(
            ["contactview_chw|area_uuid,branch_uuid,date_of_birth,name,parent_type,phone,phone2,uuid", "contactview_clinic|chw_uuid,created,name,uuid",
                "contactview_hospital|name,uuid", "contactview_metadata|contact_type,contact_uuid,name,notes,parent_uuid,reported,type,uuid",
                "contactview_person_fields|date_of_birth,parent_type,phone,phone2,uuid", "couchdb|doc", "couchdb_users_meta|doc", "form_metadata|chw,chw_area,formname,reported,uuid"],
            await project.Warehouse.LinesAsync("""
                select c.relname, string_agg(a.attname, ',' order by a.attname)
                from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                where c.relnamespace = 'legacy'::regnamespace and c.relkind in ('v', 'm')
                    and c.relname in ('couchdb', 'couchdb_users_meta', 'contactview_metadata', 'contactview_hospital', 'contactview_chw', 'contactview_clinic', 'contactview_person_fields', 'form_metadata')
                group by 1 order by 1
                """));
        Assert.Equal(["4"], await project.Warehouse.LinesAsync("select legacy.refresh_matviews()"));
        Assert.NotEqual(["0"], await project.Warehouse.LinesAsync("select count(*) from legacy.contactview_clinic"));
    }
}
