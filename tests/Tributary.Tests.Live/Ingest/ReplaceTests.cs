using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Ingest;

public sealed class ReplaceTests
{
    [Fact]
    public async Task The_table_becomes_what_the_files_hold_and_views_over_it_stay()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { Disposition = Disposition.Replace, BatchBytes = new(100) };
        drop.Write("Patient.1.ndjson", Drop.Patient("a"), Drop.Patient("b"), "bad");
        drop.Write("Patient.2.ndjson", Drop.Patient("c"));
        await drop.LoadAsync();
        await drop.Warehouse.ExecuteAsync("create view seen as select id from airbyte.patient");

        File.Delete(Path.Combine(drop.Folder, "Patient.2.ndjson"));
        drop.Write("Patient.1.ndjson", Drop.Patient("b"), Drop.Patient("d"));
        Assert.False((await drop.CheckAsync()).IsFresh);
        await drop.LoadAsync();

        Assert.Equal(["b", "d"], await drop.Warehouse.LinesAsync("select id from seen order by id"));
        Assert.Equal(["Patient.1.ndjson|2"], await drop.Warehouse.LinesAsync("select file, rows from tributary.loaded_file"));
        Assert.Equal(["superseded"], await drop.Warehouse.LinesAsync("select status from tributary_reject.reject"));
        Assert.Equal(["patient_pkey"], await drop.Warehouse.LinesAsync("select indexname from pg_indexes where schemaname = 'airbyte'"));
        Assert.True((await drop.CheckAsync()).IsFresh);
    }

    [Fact]
    public async Task A_file_that_is_gone_makes_a_load_due()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { Disposition = Disposition.Replace };
        drop.Write("Patient.1.ndjson", Drop.Patient("a"));
        drop.Write("Patient.2.ndjson", Drop.Patient("b"));
        await drop.LoadAsync();
        File.Delete(Path.Combine(drop.Folder, "Patient.2.ndjson"));

        Assert.Equal("Patient.2.ndjson is gone", (await drop.CheckAsync()).Because);
        await drop.LoadAsync();
        Assert.Equal(["a"], await drop.Warehouse.LinesAsync("select id from airbyte.patient"));
    }

    [Fact]
    public async Task A_load_that_stops_leaves_the_old_table()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { Disposition = Disposition.Replace, MaxRejects = 0 };
        drop.Write("Patient.ndjson", Drop.Patient("a"));
        await drop.LoadAsync();
        drop.Write("Patient.ndjson", Drop.Patient("b"), "bad");

        await Assert.ThrowsAsync<UserErrorException>(() => drop.LoadAsync());

        Assert.Equal(["a"], await drop.Warehouse.LinesAsync("select id from airbyte.patient"));
        Assert.False((await drop.CheckAsync()).IsFresh);
    }
}
