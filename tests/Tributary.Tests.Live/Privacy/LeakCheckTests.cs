using Tributary.Core.Postgres;
using Tributary.Core.Privacy;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Privacy;

public sealed class LeakCheckTests : IAsyncLifetime
{
    private static readonly SourcePosition At = new("exports/anon.yml", 1);
    private static readonly Relation Anon = new("m", "anon");
    private static readonly Relation Patient = new("m", "patient");

    private TestDatabase warehouse = null!;

    public async ValueTask InitializeAsync()
    {
        warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync("""
            create schema m;
            create table m.patient (id text, family_name text, phone text, number bigint);
            insert into m.patient values ('patient-0001', 'Plantagenet', '(555) 123-4567', 7654321), ('patient-0002', 'Li', null, null);
            create table m.anon (id text, t text, n bigint, j jsonb, a text[]);
            """);
    }

    public ValueTask DisposeAsync() => warehouse.DisposeAsync();

    [Theory]
    [Requirement("E27")]
    [InlineData("t", "Plantagenet", "values of patient.family_name (class name)")]
    [InlineData("t", "  plantagenet ", "values of patient.family_name (class name)")]
    [InlineData("t", "Patient/patient-0001", "values of patient.id (class id)")]
    [InlineData("t", "patient-0002", "values of patient.id (class id)")]
    [InlineData("t", "write to a.b@example.org today", "e-mail addresses")]
    [InlineData("t", "call 212-555-0147 now", "phone numbers")]
    [InlineData("t", "+44 20 7946 0958", "phone numbers")]
    [InlineData("t", "ssn 078-05-1120.", "social security numbers")]
    [InlineData("t", "MRN 12345678", "long numbers")]
    [InlineData("t", "cin AB12345C", "Medicaid numbers")]
    [InlineData("n", "7654321", "values of patient.number (class medicaid)")]
    [InlineData("j", """{"deep": [{"who": "Plantagenet"}]}""", "values of patient.family_name (class name)")]
    [InlineData("a", "{x,Plantagenet}", "values of patient.family_name (class name)")]
    public async Task Finds_identifying_values_and_patterns(string column, string value, string kind)
    {
        await warehouse.ExecuteAsync($"insert into m.anon ({column}) values ({Identifier.Literal(value)}), ({Identifier.Literal(value)})");
        var finding = Assert.Single(await CheckAsync());
        Assert.Equal(new LeakFinding("anon", column, kind, 2), finding);
        Assert.DoesNotContain(value, finding.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Li")] // shorter than 6 characters: lineage covers it
    [InlineData("Plantagenet Street")] // whole values only
    [InlineData("2025-03-04T10:11:12.1234567Z")]
    [InlineData("2025-03-04")]
    [InlineData("12345678-1234-1234-1234-123456789012")]
    [InlineData("44249-1")]
    [InlineData("REDACTED")]
    [InlineData("3.14159265")]
    public async Task Leaves_harmless_text_alone(string value)
    {
        await warehouse.ExecuteAsync("insert into m.patient (family_name) values ('REDACTED')");
        await warehouse.ExecuteAsync("insert into m.anon (t) values ($1)", value);
        Assert.Empty(await CheckAsync());
    }

    [Fact]
    [Requirement("E26")]
    public async Task Finds_long_free_text()
    {
        await warehouse.ExecuteAsync("insert into m.anon (t) values (repeat('word ', 25))");
        Assert.Equal("text over 120 characters", Assert.Single(await CheckAsync()).Kind);
        Assert.Empty(await CheckAsync(new LeakOptions([], 200)));
    }

    [Fact]
    public async Task Patterns_in_values_that_a_mask_made_mean_nothing_but_known_values_do()
    {
        await warehouse.ExecuteAsync("insert into m.anon (id, t) values ('12345678', 'patient-0001')");
        Assert.Equal(["id", "t"], (await CheckAsync()).Select(finding => finding.Column));
        Assert.Equal(["t"], (await CheckAsync(made: ["id", "t"])).Select(finding => finding.Column));
    }

    [Fact]
    public async Task A_known_false_alarm_is_allowed_by_column()
    {
        await warehouse.ExecuteAsync("insert into m.anon (t, a) values ('Plantagenet', '{Plantagenet}')");
        Assert.Equal(["a"], (await CheckAsync(new LeakOptions([new LeakException(At, "anon.t", "the name of a clinic")]))).Select(finding => finding.Column));
    }

    [Fact]
    [Requirement("E27")]
    public async Task A_column_that_repeats_an_identifying_one_is_found_by_lineage_whatever_its_values()
    {
        var lineage = Lineage.Of(
        [
            new("n", Anon, "t", [new(new Relation("m", "stg"), "code", null, IsTransformed: false)]),
            new("n", new Relation("m", "stg"), "code", [new(Patient, "family_name", null, IsTransformed: false)]),
            new("n", Anon, "id", [new(Patient, "id", null, IsTransformed: true)]),
        ]);
        var finding = Assert.Single(await CheckAsync(lineage: lineage));
        Assert.Equal("anon.t comes unmasked from patient.family_name (class name)", finding.ToString());
    }

    [Fact]
    [Requirement("E27")]
    public async Task The_refusal_shows_columns_and_numbers_and_no_values()
    {
        await warehouse.ExecuteAsync("insert into m.anon (t) values ('Plantagenet')");
        var error = LeakCheck.Refusal("anon", await CheckAsync(), At);
        Assert.Equal(ErrorCodes.LeakFound, error.Errors[0].Code);
        Assert.Contains("anon.t holds values of patient.family_name (class name) (1 value)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Plantagenet", error.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<LeakFinding>> CheckAsync(LeakOptions? options = null, Lineage? lineage = null, IReadOnlyList<string>? made = null)
    {
        IdentifyingColumn[] identifying =
        [
            new(Patient, "id", ColumnClass.Id), new(Patient, "family_name", ColumnClass.PersonName), new(Patient, "phone", ColumnClass.Phone),
            new(Patient, "number", ColumnClass.Medicaid), new(new Relation("m", "never_built"), "id", ColumnClass.Id), new(Patient, "gone", ColumnClass.Id),
        ];
        (string Name, string Type, char Category)[] columns = [("id", "text", 'S'), ("t", "text", 'S'), ("n", "bigint", 'N'), ("j", "jsonb", 'U'), ("a", "text[]", 'A')];
        var leaving = new LeavingRelation("anon", Anon, [.. columns.Select(column => new LeavingColumn(column.Name, column.Type, column.Category, made?.Contains(column.Name) == true))]);
        await using var connection = await warehouse.OpenAsync();
        return await new LeakCheck(identifying, options ?? LeakOptions.None).RunAsync(connection, [leaving], lineage ?? Lineage.None, CancellationToken.None);
    }
}
