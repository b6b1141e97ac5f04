using System.Security.Cryptography;
using Tributary.Connectors;
using Tributary.Connectors.Fhir;
using Tributary.Core.Ingest;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Ingest;

public sealed class FhirServerYamlTests
{
    private const string Start = "kind: fhir_server\nbase: https://fhir.example.org/r4\nstreams: [Patient]\n";

    [Fact]
    public void What_is_not_said_has_a_sensible_value()
    {
        var source = Read(Start);

        Assert.Equal((ReadingMode.Auto, DeletionMode.Auto, 500, 4), (source.Mode, source.Deletions, source.Count, source.Parallel));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromDays(1)), (source.Overlap, source.ReconcileEvery));
        Assert.Null(source.Auth);
    }

    [Fact]
    public void All_ways_to_be_known_can_be_written()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var pem = key.ExportPkcs8PrivateKeyPem();

        Assert.Equal(new BasicAuth("u", new Secret("s")), Read(Start + "auth: { kind: basic, user: u, password: '${S}' }", "s").Auth);
        Assert.Equal(new BearerAuth(new Secret("s")), Read(Start + "auth: { kind: bearer, token: '${S}' }", "s").Auth);
        Assert.Equal(
            new ClientCredentials("c", new Secret("s"), "https://login.example.org/token", "system/*.read", SecretPlace.Body),
            Read(Start + "auth: { kind: client_credentials, client_id: c, client_secret: '${S}', token_url: https://login.example.org/token, scope: system/*.read, secret_in: body }", "s").Auth);
        Assert.Equal(new SmartBackend("c", new Secret(pem), "k1"), Read(Start + "auth: { kind: smart_backend, client_id: c, private_key: '${S}', key_id: k1 }", pem).Auth);
        Assert.Equal("***", Read(Start + "auth: { kind: bearer, token: '${S}' }", "s").Auth is BearerAuth { Token: var token } ? token.ToString() : "");
    }

    [Theory]
    [InlineData("base: ftp://x.example.org", "base")]
    [InlineData("base: fhir.example.org", "base")]
    [InlineData("base: https://me:secret@x.example.org", "base")]
    [InlineData("base: https://x.example.org?a=b", "base")]
    [InlineData("base: http://x.example.org\nauth: { kind: bearer, token: '${S}' }", "http")]
    [InlineData("disposition: append", "append")]
    [InlineData("count: 0", "count")]
    [InlineData("parallel: 65", "parallel")]
    [InlineData("requests_per_second: 0", "requests_per_second")]
    [InlineData("overlap: 40d", "overlap")]
    [InlineData("timeout: 0s", "timeout")]
    [InlineData("hosts: [https://files.example.org]", "hosts")]
    [InlineData("mode: export\ndeletions: history", "deletions")]
    [InlineData("mode: export\nexport: { level: group }", "group")]
    [InlineData("mode: export\nexport: { level: group, group: a/b }", "group")]
    [InlineData("mode: export\nexport: { group: g }", "group")]
    [InlineData("export: { level: patient }", "mode: export")]
    [InlineData("filters: { Encounter: status=finished }", "Encounter")]
    [InlineData("filters: { Patient: 'active' }", "filter")]
    [InlineData("filters: { Patient: '_lastUpdated=ge2020' }", "sets a parameter")]
    [InlineData("auth: { kind: client_credentials, client_id: c, client_secret: '${S}', token_url: 'http://login.example.org' }", "token_url")]
    [InlineData("auth: { kind: smart_backend, client_id: c, private_key: '${S}' }", "private_key")]
    public void What_cannot_be_is_said_before_anything_is_asked(string lines, string words)
    {
        var text = lines.StartsWith("base:", StringComparison.Ordinal) ? "kind: fhir_server\nstreams: [Patient]\n" + lines : Start + lines;

        var error = Assert.Throws<UserErrorException>(() => Read(text, "no key at all"));

        Assert.All(error.Errors, one => Assert.Equal(ErrorCodes.InvalidValue, one.Code));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("no key at all", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_the_file_is_refused()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(Start + "auth: { kind: bearer, token: abc }"));

        Assert.Equal([ErrorCodes.SecretInFile], error.Errors.Select(one => one.Code));
    }

    [Fact]
    public void A_wrong_word_names_the_known_ones()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(Start + "auth: { kind: oauth }\nmode: searching"));

        Assert.Equal([ErrorCodes.UnknownKind, ErrorCodes.UnknownName], error.Errors.Select(one => one.Code).Order());
    }

    [Fact]
    public void A_slip_in_a_type_is_told_and_a_type_of_the_server_s_own_is_not()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(Start.Replace("Patient", "Pateint", StringComparison.Ordinal)));

        Assert.Equal("Did you mean 'Patient'?", error.Errors.Single().Hint);
        Assert.Single(Read(Start.Replace("Patient", "AidboxConfiguration", StringComparison.Ordinal)).Streams);
    }

    private static FhirServer Read(string yaml, string? secret = null) =>
        (FhirServer)new Binder(new EnvironmentVariables(name => name == "S" ? secret : null), new KindCatalog(typeof(FhirServer).Assembly))
            .Read<Source>(YamlFile.Parse(yaml, "sources/fhir.yml"), new Dictionary<string, object?> { ["name"] = "fhir", ["project_folder"] = "/project" });
}
