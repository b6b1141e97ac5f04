using System.Text.RegularExpressions;
using Tributary.Core.Text;

namespace Tributary.Tests.Text;

public sealed class GlobTests
{
    [Theory]
    [InlineData("patient_anon", "patient_anon", true)]
    [InlineData("patient_anon", "patient_anon2", false)]
    [InlineData("qr_*", "qr_gad7_session_1", true)]
    [InlineData("qr_*_anon", "qr_gad7_anon", true)]
    [InlineData("qr_*_anon", "qr_gad7", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "a/b", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("?", "a", true)]
    [InlineData("?", "/", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[!a]", "/", false)]
    [InlineData("[]]", "]", true)]
    [InlineData("[-a]", "-", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("Patient*", "patient", false)]
    [InlineData("**/Patient*.ndjson*", "Patient.ndjson", true)]
    [InlineData("**/Patient*.ndjson*", "a/b/Patient.000.ndjson.gz", true)]
    [InlineData("**/Patient*.ndjson*", "a/xPatient.ndjson", false)]
    [InlineData("**/Patient*.ndjson*", "a/Patient/b.ndjson", false)]
    [InlineData("marts/**", "marts/a/b.sql", true)]
    [InlineData("marts/**", "marts", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "a/xb", false)]
    [InlineData("a**b", "axxb", true)]
    [InlineData("a**b", "ax/xb", false)]
    [InlineData("**", "a/b", true)]
    public void Matches(string pattern, string text, bool expected) => Assert.Equal(expected, new Glob(pattern).IsMatch(text));

    [Fact]
    public void Knows_a_plain_name()
    {
        Assert.True(new Glob("patient_anon").IsLiteral);
        Assert.False(new Glob("qr_*").IsLiteral);
    }

    [Fact]
    public void Many_stars_end_quickly() =>
        Assert.False(new Glob(string.Concat(Enumerable.Repeat("*a", 200)) + "b").IsMatch(new string('a', 5_000)));

    [Fact]
    public void Agrees_with_a_regular_expression()
    {
        var random = new Random(3);
        for (var i = 0; i < 5_000; i++)
        {
            var pattern = Letters(random, "ab/*?", 8);
            var text = Letters(random, "ab/", 8);
            var segment = Regex.Replace(pattern, @"(?<![^/])\*\*/", "\u0001");
            segment = Regex.Replace(segment, @"(?<![^/\u0001])\*\*\z", "\u0002");
            var regex = Regex.Replace(segment, @"\*+", "[^/]*").Replace("?", "[^/]").Replace("\u0001", "(.*/)?").Replace("\u0002", ".*");
            Assert.True(Regex.IsMatch(text, $@"^{regex}\z", RegexOptions.Singleline) == new Glob(pattern).IsMatch(text), $"{pattern} {text}");
        }
    }

    private static string Letters(Random random, string alphabet, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => alphabet[random.Next(alphabet.Length)]));
}
