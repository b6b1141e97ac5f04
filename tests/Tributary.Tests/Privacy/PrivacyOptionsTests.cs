using Tributary.Core.Privacy;
using Tributary.Core.Privacy.Masks;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Privacy;

public sealed class PrivacyOptionsTests
{
    [Fact]
    public void Reads_the_section_of_the_example()
    {
        var options = Read("""
            profile: engage
            key: ${ENGAGE_PRIVACY_KEY}
            anonymous: [patient, "qr_*"]
            masks:
              phone: {kind: redact}
              birth_date: {kind: age_years, over: 89}
            """);
        Assert.Equal(["patient", "qr_*"], options.Anonymous);
        Assert.Equal("***", options.Key!.ToString());
        var profile = options.ToProfile();
        Assert.Equal(new Redact(), profile.Masks[ColumnClass.Phone]);
        Assert.Equal(new AgeYears(89), profile.Masks[ColumnClass.BirthDate]);
        Assert.Equal(new Zip3(), profile.Masks[ColumnClass.Zip]);
    }

    [Fact]
    public void The_default_is_safe_harbor() => Assert.Same(PrivacyProfile.SafeHarbor, Read("anonymous: [patient]").ToProfile());

    [Theory]
    [InlineData("profile: none")]
    [InlineData("unkeyed: true")]
    [InlineData("suffix: ''")]
    [InlineData("key: a-literal-key-in-the-file-0123456789")]
    [InlineData("masks: {phon: {kind: redact}}")]
    [InlineData("masks: {id: {kind: digest, digits: 8}}")]
    public void Refuses_what_cannot_be(string yaml) => Assert.Throws<UserErrorException>(() => Read(yaml));

    private static PrivacyOptions Read(string yaml)
    {
        var environment = new EnvironmentVariables(name => name == "ENGAGE_PRIVACY_KEY" ? new string('k', 40) : null);
        return new Binder(environment, new KindCatalog(typeof(Mask).Assembly)).Read<PrivacyOptions>(YamlFile.Parse(yaml, "tributary.yml"));
    }
}
