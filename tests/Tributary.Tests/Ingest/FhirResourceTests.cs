using System.Text;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Tests.Ingest;

public sealed class FhirResourceTests
{
    [Fact]
    public void Reads_key_version_and_last_update_wherever_they_stand()
    {
        var document = """{"meta":{"profile":["x"],"lastUpdated":"2025-03-01T10:00:00.1234567+02:00","versionId":"12"},"contained":[{"id":"inner","resourceType":"Other"}],"id":"a.b-1","resourceType":"Patient"}"""u8;

        Assert.Null(FhirResource.Read(document, "Patient", out var key, out _));

        Assert.Equal(new RecordKey("a.b-1", "12", new DateTime(2025, 3, 1, 8, 0, 0, 123, 456, DateTimeKind.Utc)), key);
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","id":"a" """, RejectReason.BadJson)]
    [InlineData("""{"resourceType":"Patient","id":"a"} x""", RejectReason.BadJson)]
    [InlineData("""{"resourceType":"Patient","id":"a"}{"resourceType":"Patient","id":"b"}""", RejectReason.BadJson)]
    [InlineData("[]", RejectReason.BadJson)]
    [InlineData("17", RejectReason.BadJson)]
    [InlineData("""{"id":"a"}""", RejectReason.MissingType)]
    [InlineData("""{"resourceType":5,"id":"a"}""", RejectReason.MissingType)]
    [InlineData("""{"resourceType":"Encounter","id":"a"}""", RejectReason.WrongType)]
    [InlineData("""{"resourceType":"patient","id":"a"}""", RejectReason.WrongType)]
    [InlineData("""{"resourceType":"Patient"}""", RejectReason.MissingId)]
    [InlineData("""{"resourceType":"Patient","id":null}""", RejectReason.MissingId)]
    [InlineData("""{"resourceType":"Patient","id":""}""", RejectReason.BadId)]
    [InlineData("""{"resourceType":"Patient","id":7}""", RejectReason.BadId)]
    [InlineData("""{"resourceType":"Patient","id":{"a":1}}""", RejectReason.BadId)]
    [InlineData("""{"resourceType":"Patient","id":"a b"}""", RejectReason.BadId)]
    [InlineData("""{"resourceType":"Patient","id":"a","note":"x\u0000y"}""", RejectReason.NulCharacter)]
    [InlineData("{\"resourceType\":\"Patient\",\"id\":\"a\",\"note\":\"x\0y\"}", RejectReason.NulCharacter)]
    [InlineData("""{"resourceType":"Patient","id":"a","meta":{"lastUpdated":"yesterday at noon"}}""", RejectReason.BadVersion)]
    [InlineData("""{"resourceType":"Patient","id":"\ud800"}""", RejectReason.BadJson)]
    public void Says_why_a_record_cannot_be_loaded(string document, RejectReason reason)
    {
        Assert.Equal(reason, FhirResource.Read(Encoding.UTF8.GetBytes(document), "Patient", out _, out var detail));
        Assert.NotEmpty(detail);
    }

    [Fact]
    public void Refuses_bytes_that_are_no_utf8() =>
        Assert.Equal(RejectReason.BadUtf8, FhirResource.Read([.. "{\"resourceType\":\"Patient\",\"id\":\"a\",\"n\":\""u8, 0xC3, 0x28, .. "\"}"u8], "Patient", out _, out _));

    [Fact]
    public void An_escaped_backslash_before_u0000_is_text() =>
        Assert.Null(FhirResource.Read("""{"resourceType":"Patient","id":"a","n":"\\u0000"}"""u8, "Patient", out _, out _));

    [Fact]
    public void Details_hold_no_values()
    {
        foreach (var document in new[] { """{"resourceType":"Patient","id":"Jane Doe"}""", """{"resourceType":"Jane Doe","id":"a"}""", """{"Jane Doe" """, """{"resourceType":"Patient","id":"a","meta":{"lastUpdated":"Jane Doe"}}""" })
        {
            Assert.NotNull(FhirResource.Read(Encoding.UTF8.GetBytes(document), "Patient", out _, out var detail));
            Assert.DoesNotContain("Jane", detail, StringComparison.Ordinal);
        }
    }
}
