using Tributary.Core.Ingest;

namespace Tributary.Tests.Live.Ingest;

public sealed class AppendTests
{
    [Fact]
    public async Task Every_record_becomes_a_row_and_a_file_that_grew_brings_only_its_new_lines()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { Disposition = Disposition.Append, BatchBytes = new(100) };
        drop.Write("Patient.ndjson", Drop.Patient("a"), Drop.Patient("a"), "bad");
        Assert.Equal(2, (await drop.LoadAsync()).Inserted);

        drop.Write("Patient.ndjson", Drop.Patient("a"), Drop.Patient("a"), "bad", Drop.Patient("b"), "bad too");
        var counts = await drop.LoadAsync();

        Assert.Equal((1, 1), (counts.Inserted, counts.Rejected));
        Assert.Equal(["a", "a", "b"], await drop.Warehouse.LinesAsync("select id from airbyte.patient order by id"));
        Assert.Equal(["3|open", "5|open"], await drop.Warehouse.LinesAsync("select line, status from tributary_reject.reject order by line"));
        Assert.Equal(["5|3|2"], await drop.Warehouse.LinesAsync("select lines, rows, rejects from tributary.loaded_file"));
        Assert.True((await drop.CheckAsync()).IsFresh);
    }

    [Fact]
    public async Task A_file_with_another_beginning_is_appended_as_a_whole()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { Disposition = Disposition.Append };
        drop.Write("Patient.ndjson", Drop.Patient("a"));
        await drop.LoadAsync();
        drop.Write("Patient.ndjson", Drop.Patient("x"), Drop.Patient("y"));

        Assert.Equal(2, (await drop.LoadAsync()).Inserted);
    }

    [Fact]
    public async Task After_a_rewind_everything_is_there_once()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { Disposition = Disposition.Append };
        drop.Write("Patient.ndjson", Drop.Patient("a"), Drop.Patient("b"));
        await drop.LoadAsync();

        Assert.Equal(2, await Rewind.RunAsync(await drop.ContextAsync(), drop.Node().Stream, TestContext.Current.CancellationToken));
        Assert.False((await drop.CheckAsync()).IsFresh);
        await drop.LoadAsync();

        Assert.Equal(["a", "b"], await drop.Warehouse.LinesAsync("select id from airbyte.patient order by id"));
        Assert.Equal(3, await drop.Warehouse.ScalarAsync<long>("select load from tributary.checkpoint"));
    }
}
