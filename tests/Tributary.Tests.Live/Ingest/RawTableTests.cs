using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Ingest;

public sealed class RawTableTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("X13")]
    public async Task A_table_that_another_program_filled_is_taken_over()
    {
        await using var drop = await Drop.CreateAsync();
        await drop.Warehouse.ExecuteAsync("""
            create schema airbyte;
            create table airbyte.patient (id text primary key, resource jsonb, _airbyte_extracted_at timestamptz, _airbyte_meta jsonb);
            insert into airbyte.patient values ('a', '{"id": "a", "resourceType": "Patient", "note": "old"}', now()), ('z', '{}', now())
            """);
        drop.Write("Patient.ndjson", Drop.Patient("a"), Drop.Patient("b"));

        var counts = await drop.LoadAsync();

        Assert.Equal((1, 1), (counts.Inserted, counts.Updated));
        Assert.Equal(["a|x", "b|x", "z|∅"], await drop.Warehouse.LinesAsync("select id, resource ->> 'note' from airbyte.patient order by id"));
    }

    [Theory]
    [InlineData("create table airbyte.patient (id text, resource jsonb, _airbyte_extracted_at timestamptz)")]
    [InlineData("create table airbyte.patient (id int primary key, resource jsonb, _airbyte_extracted_at timestamptz)")]
    [InlineData("create table airbyte.patient (id text primary key, _airbyte_extracted_at timestamptz)")]
    public async Task A_table_that_does_not_fit_is_refused_with_the_reason(string table)
    {
        await using var drop = await Drop.CreateAsync();
        await drop.Warehouse.ExecuteAsync($"create schema airbyte; {table}");
        drop.Write("Patient.ndjson", Drop.Patient("a"));

        var error = await Assert.ThrowsAsync<UserErrorException>(() => drop.LoadAsync());

        Assert.Equal(ErrorCodes.RawTableUnfit, error.Errors[0].Code);
    }

    [Fact]
    public async Task A_second_load_of_a_stream_waits_and_names_the_holder()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.ndjson", Drop.Patient("a"));
        await using var first = Database.At(drop.Warehouse.Address, "run-of-first");
        await using var holder = await first.OpenAsync(Cancel);
        await using (var take = new Npgsql.NpgsqlCommand("select pg_advisory_lock(hashtextextended('tributary load airbyte.patient', 0))", holder))
            await take.ExecuteNonQueryAsync(Cancel);
        var said = new TaskCompletionSource<string>();

        var second = Task.Run(async () => await drop.Node().RunAsync(
            await drop.ContextAsync() with { Progress = new Listener(progress => said.TrySetResult(progress.Note ?? "")) }, Cancel), Cancel);

        Assert.StartsWith("waits for run-of-first (process ", await said.Task, StringComparison.Ordinal);
        Assert.False(second.IsCompleted);
        await holder.CloseAsync();
        await first.DisposeAsync();
        Assert.Equal(1, ((Outcome.Succeeded)await second).Counts.Inserted);
    }

    [Fact]
    public async Task Two_loads_at_once_load_every_file_once()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { Disposition = Core.Ingest.Disposition.Append, BatchBytes = new(500) };
        for (var file = 0; file < 5; file++) drop.Write($"Patient.{file}.ndjson", [.. Enumerable.Range(0, 50).Select(i => Drop.Patient($"{file}-{i}"))]);

        await Task.WhenAll(drop.LoadAsync(), drop.LoadAsync(), drop.LoadAsync());

        Assert.Equal(["250|250"], await drop.Warehouse.LinesAsync("select count(*), count(distinct id) from airbyte.patient"));
    }

    [Fact]
    public async Task An_interrupted_load_keeps_its_batches_and_lets_the_stream_go()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { Disposition = Core.Ingest.Disposition.Append, BatchBytes = new(1000) };
        drop.Write("Patient.ndjson", [.. Enumerable.Range(0, 2000).Select(i => Drop.Patient($"p{i}"))]);
        using var interrupt = new CancellationTokenSource();
        var context = await drop.ContextAsync() with { Progress = new Listener(progress => { if (progress.Rows > 200) interrupt.Cancel(); }) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drop.Node().RunAsync(context, interrupt.Token));

        Assert.InRange(await drop.Warehouse.ScalarAsync<long>("select count(*) from airbyte.patient"), 200, 1900);
        await drop.LoadAsync();
        Assert.Equal(["2000|2000"], await drop.Warehouse.LinesAsync("select count(*), count(distinct id) from airbyte.patient"));
    }

    [Fact]
    [Requirement("C24")]
    public async Task Streams_that_share_a_table_keep_the_same_id_as_two_rows_and_never_touch_each_others()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Types = ["Patient", "Person"];
        drop.Load = drop.Load with { Raw = new(new("_id", "doc", "saved_timestamp", "source"), "v1", "couchdb") };
        await drop.Warehouse.ExecuteAsync("""
            create schema v1;
            create table v1.couchdb (saved_timestamp timestamp, _id varchar primary key, _deleted boolean, source varchar, doc jsonb);
            insert into v1.couchdb values (now(), 'a', null, 'fhir.Patient', '{"id": "a", "resourceType": "Patient"}'), (now(), 'z', true, 'elsewhere', '{}')
            """);
        drop.Write("Patient.ndjson", Drop.Patient("a"), Drop.Patient("b"));
        drop.Write("Person.ndjson", Drop.Patient("a").Replace("Patient", "Person", StringComparison.Ordinal));

        var counts = await Task.WhenAll(drop.LoadAsync(), drop.LoadAsync("Person"));
        drop.Write("Person.ndjson", Drop.Patient("a", note: "y").Replace("Patient", "Person", StringComparison.Ordinal));
        await drop.LoadAsync("Person");

        Assert.Equal([(1, 1), (1, 0)], counts.Select(count => (count.Inserted, count.Updated)));
        Assert.Equal(["a|fhir.Patient|Patient|x", "a|fhir.Person|Person|y", "b|fhir.Patient|Patient|x", "z|elsewhere|∅|∅"],
            await drop.Warehouse.LinesAsync("select _id, source, doc ->> 'resourceType', doc ->> 'note' from v1.couchdb order by 1, 2"));
    }

    private sealed class Listener(Action<NodeProgress> hear) : IProgress<NodeProgress>
    {
        public void Report(NodeProgress value) => hear(value);
    }
}
