using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Ingest.Formats.Csv.Fields;

namespace Tributary.Tests.Ingest.Csv;

public sealed class JsonRepairTests
{
    private static readonly Gen<string> Texts = Gen.Elements("a", "\"", "he said \"hi\" ", "\\", " ", "é", "{", "}", "x, y", "1", "ā", "words ", "/").ListOf().Select(parts => string.Concat(parts));

    [Theory]
    [Requirement("K23", "K27")]
    [InlineData("""{"a":"he said "\hello"\"}""", """{"a":"he said \"hello\""}""", JsonDamage.SwappedEscape)]
    [InlineData("""{"a":""\hello"\ is said"}""", """{"a":"\"hello\" is said"}""", JsonDamage.SwappedEscape)]
    [InlineData("""{"a":""\hello"\","b":"\nx"}""", """{"a":"\"hello\"","b":"\nx"}""", JsonDamage.SwappedEscape)]
    [InlineData("""{"a":"he said "hello" today"}""", """{"a":"he said \"hello\" today"}""", JsonDamage.InnerQuote)]
    [InlineData("""{"a":"one "two", three","b":"x"}""", """{"a":"one \"two\", three","b":"x"}""", JsonDamage.InnerQuote)]
    [InlineData("""["a "b" c", "d"]""", """["a \"b\" c", "d"]""", JsonDamage.InnerQuote)]
    [InlineData("""{"the "key"":1}""", """{"the \"key\"":1}""", JsonDamage.InnerQuote)]
    [InlineData("{\"a\":\"x\ny\tz\u0001\"}", """{"a":"x\ny\tz\u0001"}""", JsonDamage.ControlCharacter)]
    [InlineData("""{"a":"C:\docs"}""", """{"a":"C:\\docs"}""", JsonDamage.BadEscape)]
    [InlineData("{\"a\":\"say \"\\yes\"\\\nnow\"}", """{"a":"say \"yes\"\nnow"}""", JsonDamage.SwappedEscape | JsonDamage.ControlCharacter)]
    internal void Mends(string damaged, string expected, JsonDamage damage)
    {
        var repair = new JsonRepair();
        Assert.False(JsonField.IsValid(Encoding.UTF8.GetBytes(damaged)));
        Assert.Equal(expected, Text(repair.Mend(Encoding.UTF8.GetBytes(damaged))));
        Assert.Equal(damage, repair.Found);
    }

    [Theory]
    [Requirement("K27")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":\"x\"")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("he said \"hello\"")]
    [InlineData("{\"a\":\"\\u0000\"}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    public void Leaves_alone_what_it_does_not_understand(string text) => Assert.Null(new JsonRepair().Mend(Encoding.UTF8.GetBytes(text)));

    [Fact]
    [Requirement("K23", "K27")]
    public void Swapped_escapes_give_the_text_that_was_meant_whatever_it_was()
    {
        Prop.ForAll(Values().ToArbitrary(), values =>
        {
            var meant = new JsonObject([.. values.Select((value, i) => KeyValuePair.Create($"Field{i}", (JsonNode?)value))]);
            var json = meant.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            var damaged = Encoding.UTF8.GetBytes(json.Replace("\\\"", "\"\\", StringComparison.Ordinal));
            if (JsonField.IsValid(damaged)) return;
            var mended = new JsonRepair().Mend(damaged);
            Assert.NotNull(mended);
            Assert.True(JsonField.IsValid(mended));
            Assert.Equal(mended, new JsonRepair().Mend(damaged));
            Assert.Equal(values, JsonNode.Parse(mended)!.AsObject().Select(field => (string?)field.Value));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
    }

    [Fact]
    [Requirement("K27")]
    public void Whatever_comes_out_is_json_and_only_escapes_were_moved_or_added()
    {
        var random = new Random(7);
        var alphabet = "{}[]\",:\\ a1\n\"\"".ToCharArray();
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            if (JsonField.IsValid(bytes)) continue;
            if (new JsonRepair().Mend(bytes) is not { } mended) continue;
            Assert.True(JsonField.IsValid(mended), text);
            Assert.Equal(Bare(text), Bare(Encoding.UTF8.GetString(mended).Replace("\\n", "\n", StringComparison.Ordinal)));
        }
    }

    [Fact]
    [Requirement("K27")]
    public void Hostile_texts_take_a_time_in_proportion_to_their_length()
    {
        foreach (var part in new[] { "\"", "\"\\", "\", \"", "{\"", "[", "\" ", "\"a\":", "\\", "{\"a\":\"\"\\" })
        {
            var text = Encoding.UTF8.GetBytes("{\"a\":\"" + string.Concat(Enumerable.Repeat(part, 400_000 / part.Length)) + "\"}");
            new JsonRepair().Mend(text);
        }
    }

    // Runs of backslashes before a quote cannot be told apart once they are swapped.
    private static Gen<IList<string>> Values() => Texts.Where(text => !text.Contains('\\')).NonEmptyListOf().Select(list => (IList<string>)[.. list]);

    private static string Bare(string text) => text.Replace("\\", "", StringComparison.Ordinal);

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);
}
