using Tributary.Core.Ingest;

namespace Tributary.Tests.Live.Connectors.Fhir;

[Requirement("E3")]
public sealed class FhirVerifyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_differs_from_the_server_is_counted_without_a_change_and_repaired_when_asked()
    {
        await using var loads = await FhirLoads.CreateAsync();
        for (var i = 0; i < 250; i++)
        {
            loads.Server.Store.Put("Patient", $"p{i:d3}", $"{i}");
            loads.Server.Store.Tick(TimeSpan.FromSeconds(1));
        }
        loads.Server.Store.Delete("Patient", "p007");
        await loads.LoadAsync();
        Assert.Equal(new ComparisonReport(249, 0, 0, 0, 0), await CompareAsync(loads, repairs: false));

        await loads.Warehouse.ExecuteAsync("""
            delete from raw.patient where id between 'p010' and 'p139';
            update raw.patient set _version = '0', _last_updated = _last_updated - interval '1 hour', document = '{}', _hash = '\x00000000000000000000000000000000' where id = 'p001';
            update raw.patient set _deleted = true where id = 'p002';
            insert into raw.patient select 'ghost', document, loaded_at, _version, now() + interval '1 day', 1, false, _hash from raw.patient where id = 'p003'
            """);
        var before = await loads.RowsAsync();
        Assert.Equal(new ComparisonReport(249, 130, 2, 1, 0), await CompareAsync(loads, repairs: false));
        Assert.Equal(before, await loads.RowsAsync());

        Assert.Equal(new ComparisonReport(249, 130, 2, 1, 0), await CompareAsync(loads, repairs: true));
        await loads.AssertSameAsync();
        Assert.Equal(new ComparisonReport(249, 0, 0, 0, 0), await CompareAsync(loads, repairs: false));
        Assert.Equal(0, (await loads.LoadAsync()).Updated);
        await loads.AssertSameAsync();
    }

    [Fact]
    public async Task A_server_that_was_set_back_counts_even_where_the_table_is_newer()
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Store.Put("Patient", "a", "as it was");
        await loads.LoadAsync();
        await loads.Warehouse.ExecuteAsync("""
            update raw.patient set _version = '2', _last_updated = _last_updated + interval '1 day', document = '{}', _hash = '\x00000000000000000000000000000000'
            """);

        Assert.Equal(new ComparisonReport(1, 0, 1, 0, 0), await CompareAsync(loads, repairs: true));
        await loads.AssertSameAsync();
    }

    private static async Task<ComparisonReport> CompareAsync(FhirLoads loads, bool repairs) =>
        await new Comparison(await FhirLoads.ContextAsync(loads.Warehouse.Database), loads.Source.ListStreams()[0]).RunAsync(repairs, Cancel);
}
