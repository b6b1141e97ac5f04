using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Text.Yaml;

public sealed class YamlFileTests
{
    [Fact]
    public void Keeps_the_place_of_keys_and_values()
    {
        var map = (YamlMap)YamlFile.Parse("name: engage\nwarehouse:\n  port: 5432\nlist:\n  - a\n  - b\n", "tributary.yml");

        var warehouse = Assert.IsType<YamlMap>(map.Find("warehouse"));
        Assert.Equal(new SourcePosition("tributary.yml", 3, 3), warehouse.PositionOf("port"));
        Assert.Equal(new SourcePosition("tributary.yml", 3, 9), warehouse.Find("port")!.At);
        Assert.Equal("tributary.yml:6:5", ((YamlList)map.Find("list")!).Items[1].At.ToString());
        Assert.Equal(["name", "warehouse", "list"], map.Keys);
    }

    [Fact]
    public void An_empty_file_is_nothing()
    {
        Assert.True(Assert.IsType<YamlScalar>(YamlFile.Parse("", "a.yml")).IsNull);
        Assert.True(Assert.IsType<YamlScalar>(YamlFile.Parse("# only a comment\n", "a.yml")).IsNull);
    }

    [Theory]
    [InlineData("a: 1\na: 2\nb: {c: 1, c: 2}", """
        a.yml:2:1: TRB0106: the key 'a' stands twice; it was first given in line 1
          → Remove one of the two.
        a.yml:3:11: TRB0106: the key 'c' stands twice; it was first given in line 3
          → Remove one of the two.
        """)]
    [InlineData("a: 1\n---\nb: 2", """
        a.yml:2:1: TRB0102: the file holds a second document (---)
          → Put each document into a file of its own.
        """)]
    [InlineData("? [a, b]\n: 1", "a.yml:1:3: TRB0102: a key must be text, found a list")]
    [InlineData("a: *x", "a.yml:1:4: TRB0102: *x has no anchor &x above it")]
    [InlineData("a: &x [*x]", "a.yml:1:8: TRB0102: *x stands inside the value that it names")]
    [InlineData("<<: 3", "a.yml:1:1: TRB0102: <<: expected a map or a list of maps, found a whole number")]
    [InlineData("a: !python/object x", """
        a.yml:1:4: TRB0102: the tag '!python/object' is not supported here
          → Remove the tag.
        """)]
    public void Refuses(string text, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => YamlFile.Parse(text, "a.yml"));
        Assert.Equal(expected, error.Message);
    }

    [Theory]
    [InlineData("a: [1, 2\n", 2)]
    [InlineData("a:\n  b: 1\n\tc: 2", 3)]
    [InlineData("a: !<> x", 1)]
    [InlineData("a: 1\n\tb: 2", 2)]
    [InlineData("a: 'open", 1)]
    [InlineData("a: 1\n b: 2", 2)]
    [InlineData("a: b: c", 1)]
    [InlineData("%YAML 3.0\n---\na: 1", 1)]
    public void Names_the_line_of_a_syntax_error(string text, int line)
    {
        var error = Assert.Single(Assert.Throws<UserErrorException>(() => YamlFile.Parse(text, "a.yml")).Errors);
        Assert.Equal(ErrorCodes.YamlSyntax, error.Code);
        Assert.Equal(line, error.At!.Value.Line);
        Assert.StartsWith("this is not YAML: ", error.Message);
    }

    [Fact]
    public void Refuses_a_billion_laughs()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (var i = 1; i < 12; i++) text += $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n";
        AssertTooLarge(text);
    }

    [Fact]
    public void Refuses_merges_that_double()
    {
        var text = "a0: &a0 {k: [x, x, x, x, x, x, x, x]}\n";
        for (var i = 1; i < 40; i++) text += $"a{i}: &a{i} {{x: *a{i - 1}, y: *a{i - 1}, <<: *a{i - 1}}}\n";
        AssertTooLarge(text);
    }

    [Fact]
    public void Refuses_deep_nesting_also_through_aliases()
    {
        AssertTooLarge(new string('[', 1_000_000));
        AssertTooLarge(string.Concat(Enumerable.Range(0, 200_000).Select(_ => "- ")));
        AssertTooLarge("a: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 80).Select(i => $"b{i}: &a{i} [*a{i - 1}]\n")));
    }

    [Fact]
    public void Refuses_large_files()
    {
        AssertTooLarge(new string('a', 10_000_001));
        var path = Path.GetTempFileName();
        File.WriteAllText(path, new string('a', 2000));
        var error = Assert.Throws<UserErrorException>(() => YamlFile.Read(path, "a.yml", new YamlLimits(Bytes: 1000)));
        File.Delete(path);
        Assert.Equal(ErrorCodes.LimitExceeded, error.Errors[0].Code);
    }

    [Fact]
    public void Refuses_bytes_that_are_not_utf8_at_their_line()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [.. "a: 1\nb: "u8, 0xFF, 0xFE]);
        var error = Assert.Throws<UserErrorException>(() => YamlFile.Read(path, "a.yml"));
        File.Delete(path);
        Assert.Equal("a.yml:2: TRB0102: the file is not UTF-8 text\n  → Save it as UTF-8.", error.Message);
    }

    [Fact]
    public void Names_a_file_that_does_not_exist()
    {
        var error = Assert.Throws<UserErrorException>(() => YamlFile.Read("/no/such/file.yml", "file.yml"));
        Assert.Equal("file.yml: TRB0101: the file does not exist", error.Message);
    }

    [Fact]
    public void Merges_as_pyyaml_does()
    {
        var map = (YamlMap)YamlFile.Parse("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {c: 3, <<: [*x, *y], d: 3}\n", "a.yml");
        var z = (Dictionary<string, object?>)map.Find("z")!.ToObject()!;
        Assert.Equal([("b", 1L), ("c", 3L), ("a", 1L), ("d", 3L)], z.Select(entry => (entry.Key, (long)entry.Value!)));
    }

    [Fact]
    public void Reads_nested_values_as_plain_objects()
    {
        var value = YamlFile.Parse("a: [1, {b: null}]\nc: 'no'\nd: |\n  x\n  y\ne: !!str 12\n", "a.yml").ToObject();
        var map = Assert.IsType<Dictionary<string, object?>>(value);
        var list = Assert.IsType<List<object?>>(map["a"]);
        Assert.Equal(1L, list[0]);
        Assert.Null(Assert.IsType<Dictionary<string, object?>>(list[1])["b"]);
        Assert.Equal("no", map["c"]);
        Assert.Equal("x\ny\n", map["d"]);
        Assert.Equal("12", map["e"]);
    }

    [Fact]
    public void Hostile_text_ends_in_a_value_or_a_user_error()
    {
        const string alphabet = "ab:-?!&*|>'\"%@`{}[],#~<= \n\t.0\0\uFEFF\\";
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            try
            {
                _ = YamlFile.Parse(text, "a.yml").ToObject();
            }
            catch (UserErrorException e)
            {
                Assert.All(e.Errors, error => Assert.True(error.At is { Line: > 0 } or null, error.ToString()));
            }
        }
    }

    private static void AssertTooLarge(string text)
    {
        var error = Assert.Throws<UserErrorException>(() => YamlFile.Parse(text, "a.yml"));
        Assert.Equal(ErrorCodes.LimitExceeded, Assert.Single(error.Errors).Code);
    }
}
