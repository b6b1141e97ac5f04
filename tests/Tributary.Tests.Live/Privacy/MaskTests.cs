using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Privacy;
using Tributary.Core.Privacy.Masks;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Privacy;

public sealed class MaskTests : IAsyncLifetime
{
    private static readonly SourcePosition At = new("tributary.yml", 1);
    private static readonly PrivacyKey Key = PrivacyKey.From(new Secret("0123456789 0123456789 0123456789 0123456789"), At);
    private static readonly MaskSettings Settings = new(Key.Mark, "UTC");

    private TestDatabase warehouse = null!;
    private Database keyed = null!;

    public async ValueTask InitializeAsync()
    {
        warehouse = await TestDatabase.CreateAsync();
        keyed = WithKey(Key);
    }

    public async ValueTask DisposeAsync()
    {
        await keyed.DisposeAsync();
        await warehouse.DisposeAsync();
    }

    [Theory]
    [Requirement("E15")]
    [Requirement("E22")]
    [InlineData("(555) 123-4567", "XXX-XXX-4567")]
    [InlineData("+44 20 7946 0958", "XXX-XXX-0958")]
    [InlineData("555-123-4567 ext. 89", "XXX-XXX-4567")]
    [InlineData("555.123.4567x8912", "XXX-XXX-4567")]
    [InlineData("5551234567", "XXX-XXX-4567")]
    [InlineData("1234567", "XXX-XXX-4567")]
    [InlineData("4567", "XXX-XXX-XXXX")]
    [InlineData("12", "XXX-XXX-XXXX")]
    [InlineData("none", "XXX-XXX-XXXX")]
    [InlineData("  ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Phones_keep_their_last_four_digits(string? phone, string? expected) =>
        Assert.Equal(expected, await MaskAsync(new LastFour(), phone));

    [Theory]
    [Requirement("E19")]
    [Requirement("E22")]
    [InlineData("12345", "123XX")]
    [InlineData("12345-6789", "123XX")]
    [InlineData("123456789", "123XX")]
    [InlineData(" 02139 ", "021XX")]
    [InlineData("2139", "XXXXX")]
    [InlineData("123", "XXXXX")]
    [InlineData("12", "XXXXX")]
    [InlineData("K1A 0B1", "XXXXX")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Zips_keep_three_digits(string? zip, string? expected) => Assert.Equal(expected, await MaskAsync(new Zip3(), zip));

    [Theory]
    [Requirement("E21")]
    [InlineData("02139-1234", "021")]
    [InlineData("03601", "000")]
    [InlineData("89301", "000")]
    [InlineData("2139", "000")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Safe_harbor_zips_are_hidden_where_few_people_live(string? zip, string? expected) =>
        Assert.Equal(expected, await MaskAsync(new PopulousZip3(), zip));

    [Theory]
    [Requirement("E16")]
    [Requirement("E28")]
    [InlineData("1980-12-31", "45")]
    [InlineData("1981-01-01", "44")]
    [InlineData("1980-12-31T23:59:59+00:00", "45")]
    [InlineData("2025-12-31", "0")]
    [InlineData("2026-01-01", null)]
    [InlineData("1980", "45")]
    [InlineData("1980-07", "45")]
    [InlineData("1996-02-30", "29")]
    [InlineData("05/07/1980", null)]
    [InlineData("unknown", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Birth_dates_become_ages_as_of_the_run(string? birth, string? expected) =>
        Assert.Equal(expected, await MaskAsync(new AgeYears(), birth));

    [Theory]
    [Requirement("E21")]
    [InlineData("1936-01-01", "89")]
    [InlineData("1935-12-31", "90+")]
    [InlineData("1900-01-01", "90+")]
    [InlineData("2027-01-01", null)]
    [InlineData(null, null)]
    public async Task Ages_over_89_are_one_group(string? birth, string? expected) =>
        Assert.Equal(expected, await MaskAsync(new AgeYears(Over: 89), birth));

    [Theory]
    [Requirement("E14", "E17", "E18", "E20")]
    [InlineData(ColumnClass.PersonName)]
    [InlineData(ColumnClass.Email)]
    [InlineData(ColumnClass.Address)]
    [InlineData(ColumnClass.Medicaid)]
    public async Task Names_mails_addresses_and_numbers_are_redacted_even_where_there_is_none(string name)
    {
        var mask = PrivacyProfile.Engage().Masks[name];
        Assert.Equal("REDACTED", await MaskAsync(mask, "anything"));
        Assert.Equal("REDACTED", await MaskAsync(mask, null));
    }

    [Fact]
    public async Task Ages_and_years_read_dates_and_timestamps_whatever_the_date_style()
    {
        const string sql = "select {0}, {1}, {2} from (select date '1980-12-31' as d, timestamptz '1980-12-31 10:00+00' as t) as x";
        var text = Render(string.Format(null, sql, new AgeYears().Expression("d", Settings), new AgeYears().Expression("t", Settings), new Year().Expression("d", Settings)));
        await using var connection = await keyed.OpenAsync(CancellationToken.None);
        foreach (var style in new[] { "ISO", "SQL, DMY", "German", "Postgres, MDY" })
        {
            await using var set = new NpgsqlCommand($"set datestyle = '{style}'", connection);
            await set.ExecuteNonQueryAsync();
            await using var command = new NpgsqlCommand(text, connection);
            await using var row = await command.ExecuteReaderAsync();
            await row.ReadAsync();
            Assert.Equal([45, 45, 1980], new[] { row.GetInt32(0), row.GetInt32(1), row.GetInt32(2) });
        }
    }

    [Fact]
    public async Task Every_mask_takes_every_type_without_an_error()
    {
        var masks = PrivacyProfile.SafeHarbor.Masks.Values.Concat(PrivacyProfile.Engage(unkeyed: true).Masks.Values).Distinct();
        const string values = "select 'x'::text, 5::bigint, 1.5::numeric, date '2020-01-01', now(), '{\"a\": 1}'::jsonb, array['a','b'], true, gen_random_uuid()";
        await using var connection = await keyed.OpenAsync(CancellationToken.None);
        foreach (var mask in masks)
        {
            var columns = Enumerable.Range(1, 9).Select(i => mask.Expression($"\"c{i}\"", Settings)).OfType<string>();
            await using var command = new NpgsqlCommand(Render($"select {string.Join(", ", columns)} from ({values}) as v(c1, c2, c3, c4, c5, c6, c7, c8, c9)"), connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Theory]
    [Requirement("E13")]
    [Requirement("E23")]
    [InlineData("123")]
    [InlineData("Patient/123")]
    [InlineData("https://fhir.example.org/r4/Patient/123")]
    [InlineData("Patient/123/_history/2")]
    [InlineData("urn:uuid:123")]
    [InlineData(" 123 ")]
    public async Task An_id_and_a_reference_to_it_have_one_digest(string id)
    {
        Assert.Equal(Key.Digest("123"), await MaskAsync(new Digest(), id));
        Assert.Equal(Key.Digest("123")[..32], await MaskAsync(new Digest(32), id));
        Assert.Equal("202cb962ac59075b964b07152d234b70", await MaskAsync(new Digest(32, Unkeyed: true), id));
    }

    [Theory]
    [Requirement("E22")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Null_ids_stay_null(string? id)
    {
        Assert.Null(await MaskAsync(new Digest(), id));
        Assert.Null(await MaskAsync(new Digest(Unkeyed: true), id));
    }

    [Fact]
    public async Task The_digest_is_hmac_sha256_for_short_and_long_keys_and_any_text()
    {
        var long_ = PrivacyKey.From(new Secret(new string('ö', 70)), At);
        await using var database = WithKey(long_);
        foreach (var id in new[] { "a", new string('z', 500), "grüße-✓" })
        {
            Assert.Equal(Key.Digest(id), await MaskAsync(new Digest(), id));
            Assert.Equal(long_.Digest(id), await MaskAsync(new Digest(), id, database, new MaskSettings(long_.Mark, "UTC")));
        }
    }

    [Fact]
    [Requirement("E23")]
    public async Task Another_key_than_the_one_compiled_in_is_refused()
    {
        await using var other = WithKey(PrivacyKey.From(PrivacyKey.Generate(), At));
        await Assert.ThrowsAsync<PostgresException>(() => MaskAsync(new Digest(), "123", other));
        await Assert.ThrowsAsync<PostgresException>(() => MaskAsync(new Digest(), "123", warehouse.Database));
    }

    [Fact]
    [Requirement("X11")]
    public async Task The_key_is_not_to_be_seen_by_other_sessions()
    {
        await using var connection = await keyed.OpenAsync(CancellationToken.None);
        await using (var command = new NpgsqlCommand("select tributary.digest('1', $1)", connection))
        {
            command.Parameters.Add(new() { Value = Key.Mark });
            Assert.Equal(Key.Digest("1"), await command.ExecuteScalarAsync());
        }
        var pad = Key.SessionSetting.Reveal()[16..];
        await using var admin = new NpgsqlConnection(warehouse.AdminAddress.ConnectionString);
        await admin.OpenAsync();
        await using var look = new NpgsqlCommand(
            "select (select count(*) from pg_stat_activity a where strpos(a::text, $1) > 0) + (select count(*) from pg_settings s where strpos(s::text, $1) > 0)", admin);
        look.Parameters.Add(new() { Value = pad[..32] });
        Assert.Equal(0L, await look.ExecuteScalarAsync());
    }

    [Fact]
    [Requirement("E25")]
    public async Task Columns_that_nobody_declared_are_reported()
    {
        await warehouse.ExecuteAsync("create schema m; create table m.patient (id text, gender text, brand_new text)");
        var model = new DeclaredModel("patient", "marts", [new("id", Class: "id"), new("gender", Class: "safe")], At);
        await using var connection = await warehouse.OpenAsync();
        var held = await HeldBackColumns.ReadAsync(connection, [(model, new Relation("m", "missing")), (model, new Relation("m", "patient"))], CancellationToken.None);
        Assert.Equal("brand_new", Assert.Single(held).Column);
    }

    [Fact]
    [Requirement("E24")]
    public async Task Twins_of_different_models_can_be_joined()
    {
        await warehouse.ExecuteAsync("""
            create schema m;
            create table m.patient (id text, family_name text);
            create table m.encounters (id text, patient_reference text, practitioner_id text);
            insert into m.patient values ('p1', 'Planted'), ('p2', null), (null, 'Nobody');
            insert into m.encounters values ('e1', 'Patient/p1', 'd1'), ('e2', null, 'd1'), ('e3', 'Patient/p1/_history/3', null)
            """);
        var models = new[]
        {
            new DeclaredModel("patient", "m", [new("id", Class: "id"), new("family_name", Class: "name")], At),
            new DeclaredModel("encounters", "m", [new("id", Class: "id"), new("patient_reference", Class: "id"), new("practitioner_id", Class: "id")], At),
        };
        var twins = AnonymousTwins.Make(models, new PrivacyOptions(At, ["*"], PrivacyProfile.EngageName), Settings);
        await using var connection = await keyed.OpenAsync(CancellationToken.None);
        foreach (var model in twins.Models)
        {
            var select = Render(model.Template.Replace($"{{{{ ref('{model.Name[..^5]}') }}}}", $"m.{model.Name[..^5]}", StringComparison.Ordinal));
            await using var command = new NpgsqlCommand($"create table m.{model.Name} as {select}", connection);
            await command.ExecuteNonQueryAsync();
        }
        Assert.Equal(2L, await warehouse.ScalarAsync<long>("select count(*) from m.patient_anon p join m.encounters_anon e on e.patient_reference = p.id"));
        Assert.Equal(0L, await warehouse.ScalarAsync<long>("select count(*) from m.patient_anon a join m.patient p on p.id = a.id"));
        Assert.Equal(["REDACTED|3"], await warehouse.LinesAsync("select family_name, count(*) from m.patient_anon group by 1"));
        Assert.Equal(1L, await warehouse.ScalarAsync<long>("select count(*) from m.patient_anon where id is null"));
    }

    private Database WithKey(PrivacyKey key) => Database.At(
        warehouse.Address, "tests", new Dictionary<string, Secret> { [PrivacyKey.SettingName] = key.SessionSetting });

    private static string Render(string template) => template.Replace("{{ as_of_date('UTC') }}", "'2025-12-31'::date", StringComparison.Ordinal);

    private async Task<string?> MaskAsync(Mask mask, string? value, Database? database = null, MaskSettings? settings = null)
    {
        await using var connection = await (database ?? keyed).OpenAsync(CancellationToken.None);
        var expression = mask.Expression("\"v\"", settings ?? Settings);
        await using var command = new NpgsqlCommand(Render($"select ({expression})::text from (select $1::text as v) as x"), connection);
        command.Parameters.Add(new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        return await command.ExecuteScalarAsync() as string;
    }
}
