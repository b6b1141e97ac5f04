using Tributary.Core.Models.Seeds;

namespace Tributary.Tests.Models;

public sealed class SeedTypeTests
{
    [Theory]
    [InlineData("integer", "1", "-2", "+3", "", "null", "007", "1,234", "4.0")]
    [InlineData("bigint", "1", "3000000000")]
    [InlineData("float8", "1", "1.50")]
    [InlineData("float8", "1e-3", "2")]
    [InlineData("integer", "$5", "20%")]
    [InlineData("date", "2025-01-02", "2025-1-3")]
    [InlineData("timestamp without time zone", "2025-01-02 03:04:05")]
    [InlineData("timestamp without time zone", "2025-01-02T03:04:05Z")]
    [InlineData("boolean", "true", "FALSE", "Null")]
    [InlineData("text", "2025-01-02", "1")]
    [InlineData("text", "true", "yes")]
    [InlineData("text", "1", "a")]
    [InlineData("text", "1.2.3")]
    [InlineData("text", "-")]
    [InlineData("integer", "1_000", "-$5", " 7 ", "1e2")]
    [InlineData("float8", "nan", "1.5", "-inf")]
    [InlineData("timestamp without time zone", "20180806T11:33:29.320Z", "2018-08-06T113329+0200", "2018-08-06T11")]
    [InlineData("text", "2018-08-06T25:00:00")]
    [InlineData("text", "2018-08-06 11:33:29.5")]
    [InlineData("text", "2025-13-01")]
    [InlineData("integer", "", "")]
    public void A_column_is_of_the_first_type_that_all_its_values_fit(string expected, params string[] values)
    {
        using var folder = new DbtFolder("--- seeds/s.csv\nc,x\n" + string.Concat(values.Select(value => $"\"{value}\",x\n")));
        var file = folder.Read().Packages[0].Seeds.Single();
        Assert.Equal(expected, SeedTable.Read(file, ',', new Dictionary<string, object?>()).Columns[0].DataType);
    }

    [Fact]
    public void A_record_that_does_not_fit_its_header_is_named_by_its_line()
    {
        using var folder = new DbtFolder("--- seeds/s.csv\na,b\n1,2\n3,4,5\n");
        var file = folder.Read().Packages[0].Seeds.Single();
        var error = Assert.Throws<Tributary.Core.Text.UserErrorException>(() => SeedTable.Read(file, ',', new Dictionary<string, object?>()));
        Assert.StartsWith("seeds/s.csv:3: TRB0116: the record has 3 fields, the header has 2", error.Message, StringComparison.Ordinal);
    }
}
