using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Text.Binding;

public sealed class BinderTests
{
    private static readonly KindCatalog Kinds = new(typeof(BinderTests).Assembly);
    private static readonly Binder Binder = new(new EnvironmentVariables(Variable), Kinds);

    [Fact]
    public void Binds_every_type()
    {
        var value = Read<Everything>("""
            text: NO
            flag: on
            count: 1_000
            big: 5000000000
            ratio: 0.5
            money: 1.10
            mode: verify_full
            wait: 5m
            size: 16 MB
            password: ${PASSWORD}
            day: 2025-12-31
            list: [1, 2]
            many: one
            map: {b: 1, a: 2}
            nested: {name: x}
            free: {k: [yes, "${NAME}"]}
            node: [1]
            other_name: z
            """);

        Assert.Equal(("NO", true, 1000, 5_000_000_000L), (value.Text, value.Flag, value.Count, value.Big));
        Assert.Equal((0.5, 1.10m, Mode.VerifyFull), (value.Ratio, value.Money, value.Mode));
        Assert.Equal((TimeSpan.FromMinutes(5), new ByteSize(16_000_000)), (value.Wait, value.Size));
        Assert.Equal(("hunter22", new DateOnly(2025, 12, 31)), (value.Password.Reveal(), value.Day));
        Assert.Equal([1, 2], value.List);
        Assert.Equal(["one"], value.Many);
        Assert.Equal([("b", 1), ("a", 2)], value.Map.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(("x", 15), (value.Nested.Name, value.Nested.At.Line));
        var free = (Dictionary<string, object?>)value.Free;
        Assert.Equal([true, "engage"], (List<object?>)free["k"]!);
        Assert.IsType<YamlList>(value.Node);
        Assert.Equal("z", value.Renamed);
    }

    [Fact]
    public void Absent_keys_take_their_defaults()
    {
        var value = Read<Defaults>("{}");
        Assert.Equal(new ByteSize(8_000_000), value.Batch);
        Assert.Equal(Mode.Prefer, value.Mode);
        Assert.Equal(Mode.Disable, value.Maybe);
        Assert.Empty(value.List);
        Assert.Null(value.Text);
        Assert.Equal(4, value.Threads);
        Assert.Null(value.Day);
    }

    [Fact]
    public void A_key_with_nothing_behind_it_is_absent() =>
        Assert.Equal(4, Read<Defaults>("threads:\nlist:\ntext: ~").Threads);

    [Theory]
    [InlineData("name: a\nthread: 4", "a.yml:2:1: TRB0103: unknown key 'thread'\n  → Did you mean 'threads'?")]
    [InlineData("name: a\nzzzzzz: 4", "a.yml:2:1: TRB0103: unknown key 'zzzzzz'\n  → Known: name, threads, share, is_open, mode, wait, size, day, list, map, parts, source, password.")]
    [InlineData("threads: 4", "a.yml:1:1: TRB0104: the key 'name' is missing\n  → Expected text.")]
    [InlineData("", "a.yml:1:1: TRB0105: the file: expected a map, found nothing")]
    [InlineData("[a]", "a.yml:1:1: TRB0105: the file: expected a map, found a list")]
    [InlineData("name: ~", "a.yml:1:7: TRB0105: name: expected text, found nothing")]
    [InlineData("name: [a]", "a.yml:1:7: TRB0105: name: expected text, found a list")]
    [InlineData("name: a\nthreads: four", "a.yml:2:10: TRB0105: threads: expected a whole number, found text")]
    [InlineData("name: a\nthreads: '4'", "a.yml:2:10: TRB0105: threads: expected a whole number, found text\n  → Remove the quotes.")]
    [InlineData("name: a\nthreads: 1.5", "a.yml:2:10: TRB0105: threads: expected a whole number, found a number")]
    [InlineData("name: a\nthreads: 5000000000", "a.yml:2:10: TRB0105: threads: expected a whole number up to 2147483647, found a whole number")]
    [InlineData("name: a\nthreads: {a: 1}", "a.yml:2:10: TRB0105: threads: expected a whole number, found a map")]
    [InlineData("name: a\nthreads: 0", "a.yml:2:10: TRB0115: threads: expected at least 1, found 0\n  → Leave it out for 4.")]
    [InlineData("name: a\nshare: true", "a.yml:2:8: TRB0105: share: expected a number, found true or false")]
    [InlineData("name: a\nis_open: maybe", "a.yml:2:10: TRB0105: is_open: expected true or false, found text")]
    [InlineData("name: a\nmode: prefr", "a.yml:2:7: TRB0111: mode: expected one of disable, prefer, verify_full, found 'prefr'\n  → Did you mean 'prefer'?")]
    [InlineData("name: a\nmode: ${NAME}", "a.yml:2:7: TRB0111: mode: expected one of disable, prefer, verify_full, found another word")]
    [InlineData("name: a\nwait: 5 minutes", "a.yml:2:7: TRB0105: wait: expected a time such as 30s, 5m, 2h or 1d, found text")]
    [InlineData("name: a\nsize: 5 MBit", "a.yml:2:7: TRB0105: size: expected a size such as 16 MB or 1 GiB, found text")]
    [InlineData("name: a\nday: 2025-02-30", "a.yml:2:6: TRB0105: day: expected a date such as 2025-12-31, found text")]
    [InlineData("name: a\nlist: x", "a.yml:2:7: TRB0105: list: expected a list, found text")]
    [InlineData("name: a\nlist: [1, x]", "a.yml:2:11: TRB0105: list[2]: expected a whole number, found text")]
    [InlineData("name: a\nmap: {k: x}", "a.yml:2:10: TRB0105: map.k: expected a whole number, found text")]
    [InlineData("name: a\nparts: [{nam: x}]", "a.yml:2:9: TRB0104: the key 'parts[1].name' is missing\n  → Expected text.\na.yml:2:10: TRB0103: unknown key 'nam'\n  → Did you mean 'name'?")]
    [InlineData("name: a\nsource: {path: x}", "a.yml:2:9: TRB0104: source: the key 'kind' is missing\n  → Known kinds: bulk, sql.")]
    [InlineData("name: a\nsource: {kind: bulc}", "a.yml:2:16: TRB0108: unknown kind 'bulc'\n  → Did you mean 'bulk'?")]
    [InlineData("name: a\nsource: bulk", "a.yml:2:9: TRB0105: source: expected a map with a kind, found text")]
    [InlineData("name: a\nsource: {kind: bulk, path: x, query: y}", "a.yml:2:31: TRB0103: unknown key 'query'\n  → Known: path, password.")]
    [InlineData("name: ${MISSING}", "a.yml:1:7: TRB0109: the variable MISSING is not set\n  → Set it in the environment or add MISSING=… to the secrets file.")]
    [InlineData("name: ${MISSING", "a.yml:1:7: TRB0115: '${' opens a variable that no '}' closes\n  → Write ${NAME}; write $${ for the characters themselves.")]
    [InlineData("name: ${A-B}", "a.yml:1:7: TRB0115: '${A-B}' does not name a variable\n  → Write ${NAME} or ${NAME:-default}; write $${ for the characters themselves.")]
    [InlineData("name: a\nthreads: ${NAME}", "a.yml:2:10: TRB0105: threads: expected a whole number, found text from a variable")]
    public void Says_what_is_wrong(string yaml, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => Read<Strict>(yaml));
        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Repeats_hostile_words_cut_and_without_control_characters()
    {
        var error = Assert.Throws<UserErrorException>(() => Read<Part>($"name: a\n\"\\e[31m{new string('k', 900)}\": 1"));
        Assert.StartsWith("unknown key '?[31mkkk", error.Errors[0].Message);
        Assert.True(error.Message.Length < 200);
    }

    [Theory]
    [InlineData("hunter22")]
    [InlineData("x${PASSWORD}")]
    [InlineData("${PASSWORD:-hunter22}")]
    [InlineData("$${PASSWORD}hunter22")]
    public void A_secret_in_the_file_is_refused_and_not_repeated(string text)
    {
        var error = Assert.Throws<UserErrorException>(() => Read<Strict>($"name: a\npassword: {text}"));
        Assert.Equal("""
            a.yml:2:11: TRB0110: password: expected a secret as ${NAME}, found text
              → Put the value into the environment or the secrets file, write its name here, and change the value that was in the file.
            """, error.Message);
    }

    [Fact]
    public void Reports_all_problems_of_a_file_at_once()
    {
        var error = Assert.Throws<UserErrorException>(() => Read<Strict>("thread: 1\nshare: x\nmode: y\nsource: {kind: bulk}\n"));
        Assert.Equal(["TRB0103", "TRB0104", "TRB0105", "TRB0111", "TRB0104"], error.Errors.Select(each => each.Code));
    }

    [Theory]
    [InlineData("${NAME}", "engage")]
    [InlineData("a-${NAME}-${NAME}", "a-engage-engage")]
    [InlineData("${MISSING:-other}", "other")]
    [InlineData("${EMPTY:-other}", "other")]
    [InlineData("${EMPTY}", "")]
    [InlineData("${MISSING:-}", "")]
    [InlineData("$${NAME}", "${NAME}")]
    [InlineData("$5 and {yyyy}", "$5 and {yyyy}")]
    [InlineData("${TRICKY}", "${NAME}")]
    public void Fills_variables_in_once(string text, string expected) => Assert.Equal(expected, Read<Part>($"name: \"{text}\"").Name);

    [Fact]
    public void A_variable_can_be_a_number_also_in_quotes()
    {
        Assert.Equal(5432, Read<Strict>("name: a\nthreads: ${PORT}").Threads);
        Assert.Equal(5432, Read<Strict>("name: a\nthreads: \"${PORT}\"").Threads);
    }

    [Fact]
    public void A_given_value_is_no_key()
    {
        var node = YamlFile.Parse("path: x", "a.yml");
        var drop = Binder.Read<Drop>(node, new Dictionary<string, object?> { ["name"] = "fhir" });
        Assert.Equal(("fhir", "x"), (drop.Name, drop.Path));
        Assert.Throws<UserErrorException>(() => Binder.Read<Drop>(YamlFile.Parse("path: x\nname: y", "a.yml"), new Dictionary<string, object?> { ["name"] = "fhir" }));
    }

    [Fact]
    public void The_redactor_learns_the_secrets_that_were_handed_out()
    {
        var environment = new EnvironmentVariables(Variable);
        new Binder(environment, Kinds).Read<Strict>(YamlFile.Parse("name: a\npassword: ${PASSWORD}", "a.yml"));
        Assert.Equal("FATAL: *** is wrong", environment.Redactor.Redact("FATAL: hunter22 is wrong"));
    }

    [Fact]
    public void Two_types_of_one_kind_are_refused() =>
        Assert.Contains("'twice'", Assert.Throws<InvalidOperationException>(() => Kinds.Below(typeof(Clash))).Message);

    private static T Read<T>(string yaml) where T : class => Binder.Read<T>(YamlFile.Parse(yaml, "a.yml"));

    private static string? Variable(string name) => name switch
    {
        "NAME" => "engage",
        "PASSWORD" => "hunter22",
        "EMPTY" => "",
        "PORT" => "5432",
        "TRICKY" => "${NAME}",
        _ => null,
    };
}
