using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Text.Yaml;

/// <summary>The expected values are what PyYAML 6's safe_load gives.</summary>
public sealed class PlainValueTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("~", null)]
    [InlineData("Null", null)]
    [InlineData("nUll", "nUll")]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("NO", false)]
    [InlineData("y", "y")]
    [InlineData("tRue", "tRue")]
    [InlineData("0", 0L)]
    [InlineData("-12", -12L)]
    [InlineData("+1_000", 1000L)]
    [InlineData("010", 8L)]
    [InlineData("08", "08")]
    [InlineData("0o17", "0o17")]
    [InlineData("0x1F", 31L)]
    [InlineData("0b101", 5L)]
    [InlineData("1:30", 90L)]
    [InlineData("22:00:00", 79200L)]
    [InlineData("1:99", "1:99")]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("1.5", 1.5)]
    [InlineData("1.", 1.0)]
    [InlineData(".5", 0.5)]
    [InlineData("-.5", "-.5")]
    [InlineData("1e3", "1e3")]
    [InlineData("1.0e3", "1.0e3")]
    [InlineData("1.0e+3", 1000.0)]
    [InlineData("1_0.2_5", 10.25)]
    [InlineData("1:30.5", 90.5)]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("-.INF", double.NegativeInfinity)]
    [InlineData(".nan", double.NaN)]
    [InlineData("2025-12-31", "2025-12-31")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("-", "-")]
    [InlineData("+", "+")]
    [InlineData("0x_", "0x_")]
    [InlineData("1\n", "1\n")]
    public void Reads_as_pyyaml_does(string text, object? expected) => Assert.Equal(expected, PlainValue.Resolve(text));

    [Fact]
    public void A_quoted_scalar_is_always_text()
    {
        Assert.Equal("yes", YamlFile.Parse("'yes'", "a.yml").ToObject());
        Assert.Equal("", YamlFile.Parse("\"\"", "a.yml").ToObject());
    }
}
