using Microsoft.Extensions.Logging.Abstractions;
using Tributary.Core.Graph;
using Tributary.Core.Models.Running;
using Tributary.Core.Postgres;
using Tributary.Core.Postgres.ParseTrees;
using Tributary.Core.Privacy;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Privacy;

public sealed class LineageTests
{
    private static readonly ProjectKey Key = new("engage", "dev");

    [Fact]
    [Requirement("X2", "E25")]
    public async Task A_column_is_traced_to_the_document_it_was_taken_from()
    {
        await using var warehouse = await WorldAsync();
        var lineage = await ReadAsync(warehouse);
        Assert.Equal(
            """
            m.patient.family
              = m.stg_patient.family
                = m.raw_patient.resource [name[].family]
            """,
            string.Join('\n', lineage.Trace(new Relation("m", "patient"), "family")));
        Assert.Equal("model.engage.patient", lineage.Find(new Relation("m", "patient"), "family")!.NodeId);
        Assert.Equal("  ~ m.patient.id", lineage.Trace(new Relation("m", "patient_anon"), "id")[1].ToString());
    }

    [Fact]
    [Requirement("E27")]
    public async Task What_repeats_an_identifying_column_is_known_and_what_masks_it_is_not()
    {
        await using var warehouse = await WorldAsync();
        var lineage = await ReadAsync(warehouse);
        IdentifyingColumn[] identifying = [new(new Relation("m", "stg_patient"), "family", ColumnClass.PersonName), new(new Relation("m", "patient"), "id", ColumnClass.Id)];
        Assert.Equal(identifying[0], lineage.BareFrom(new Relation("m", "patient_anon"), "family", identifying));
        Assert.Null(lineage.BareFrom(new Relation("m", "patient_anon"), "id", identifying));
        Assert.Null(lineage.BareFrom(new Relation("m", "patient"), "id", identifying));
    }

    private static async Task<TestDatabase> WorldAsync()
    {
        var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync("create schema m; create table m.raw_patient (id text, resource jsonb)");
        await BuildAsync(warehouse, "stg_patient", "select id, n ->> 'family' as family from m.raw_patient cross join lateral jsonb_array_elements(resource -> 'name') as n");
        await BuildAsync(warehouse, "patient", "select p.id, p.family::varchar(50) as family from m.stg_patient p");
        await BuildAsync(warehouse, "patient_anon", "select md5(id) as id, family from m.patient");
        return warehouse;
    }

    private static async Task BuildAsync(TestDatabase warehouse, string name, string sql)
    {
        await warehouse.ExecuteAsync($"create table m.{name} as {sql}");
        await using var connection = await warehouse.OpenAsync();
        var reads = NodeReads.Of(await ParseTree.ReadAsync(connection, sql, CancellationToken.None), new HashSet<Relation>());
        var oid = await warehouse.ScalarAsync<uint>($"select 'm.{name}'::regclass::oid");
        await new Success($"model.engage.{name}", "f", oid, reads.ToJson()).WriteAsync(connection, Context(warehouse), CancellationToken.None);
    }

    private static async Task<Lineage> ReadAsync(TestDatabase warehouse)
    {
        await using var connection = await warehouse.OpenAsync();
        return await Lineage.ReadAsync(connection, Key, CancellationToken.None);
    }

    private static RunContext Context(TestDatabase warehouse) => new()
    {
        Database = warehouse.Database,
        Clock = TimeProvider.System,
        Logger = NullLogger.Instance,
        RunId = "r",
        Key = Key,
        AsOf = DateTimeOffset.UnixEpoch,
        Successes = SuccessRecords.None,
    };
}
