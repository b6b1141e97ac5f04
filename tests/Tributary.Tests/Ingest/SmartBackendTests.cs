using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tributary.Connectors.Fhir;
using Tributary.Core.Text;

namespace Tributary.Tests.Ingest;

public sealed class SmartBackendTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("RS384")]
    [InlineData("ES384")]
    public void The_assertion_is_signed_so_that_the_public_key_confirms_it(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var pem = algorithm == "RS384" ? rsa.ExportRSAPrivateKeyPem() : curve.ExportECPrivateKeyPem();

        // From a secrets file a key comes on one line.
        var assertion = new SmartBackend("me", new Secret(pem.Replace("\n", "\\n", StringComparison.Ordinal)), "k7").Assertion(new Uri("https://login.example.org/token"), Now);

        var parts = assertion.Split('.');
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Base64Url.DecodeFromChars(parts[2]);
        Assert.True(algorithm == "RS384"
            ? rsa.VerifyData(signed, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)
            : curve.VerifyData(signed, signature, HashAlgorithmName.SHA384, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        var header = JsonSerializer.Deserialize<Dictionary<string, string>>(Base64Url.DecodeFromChars(parts[0]))!;
        var claims = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Base64Url.DecodeFromChars(parts[1]))!;
        Assert.Equal((algorithm, "k7", "JWT"), (header["alg"], header["kid"], header["typ"]));
        Assert.Equal(("me", "me", "https://login.example.org/token"), (claims["iss"].GetString(), claims["sub"].GetString(), claims["aud"].GetString()));
        Assert.InRange(claims["exp"].GetInt64() - Now.ToUnixTimeSeconds(), 1, 300);
    }

    [Fact]
    public void No_two_assertions_have_one_id()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var auth = new SmartBackend("me", new Secret(curve.ExportPkcs8PrivateKeyPem()));

        Assert.NotEqual(auth.Assertion(new Uri("https://x.example.org"), Now).Split('.')[1], auth.Assertion(new Uri("https://x.example.org"), Now).Split('.')[1]);
    }
}
