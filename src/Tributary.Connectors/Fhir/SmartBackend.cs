using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors.Fhir;

/// <summary>SMART Backend Services: each request for a token is signed with a private key whose public half the server knows.</summary>
[Kind("smart_backend")]
[Description("SMART Backend Services: requests for a token are signed with a private key.")]
public sealed record SmartBackend(
    [Description("The client's id.")] string ClientId,
    [Description("The private key as PEM (RSA or EC P-384); \\n may stand for line breaks.")] Secret PrivateKey,
    [Description("The key's id in the set that the server knows.")] string? KeyId = null,
    [Description("Where tokens are given; absent: what the server's .well-known/smart-configuration names.")] string? TokenUrl = null,
    [Description("What is asked for.")] string Scope = "system/*.read")
    : FhirAuth, IValidated
{
    internal const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    internal override bool CanRenew => true;

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        TokenEndpoint.Check(TokenUrl, check);
        try
        {
            using var key = ReadKey();
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            check.Refuse("private_key", "expected a private key as PEM: RSA of 2048 bits or more, or EC on the curve P-384");
        }
    }

    internal override async Task<AccessToken> GetAsync(TokenEndpoint endpoint, CancellationToken cancel)
    {
        var address = await endpoint.FindAsync(TokenUrl, cancel);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = Scope,
            ["client_assertion_type"] = AssertionType,
            ["client_assertion"] = Assertion(address, endpoint.Clock.GetUtcNow()),
        };
        return await endpoint.ExchangeAsync(address, form, null, cancel);
    }

    /// <summary>The signed statement (RFC 7523); it holds for four minutes, SMART allows five.</summary>
    internal string Assertion(Uri audience, DateTimeOffset now)
    {
        using var key = ReadKey();
        var header = new Dictionary<string, object> { ["alg"] = key is RSA ? "RS384" : "ES384", ["typ"] = "JWT" };
        if (KeyId is not null) header["kid"] = KeyId;
        var claims = new Dictionary<string, object>
        {
            ["iss"] = ClientId,
            ["sub"] = ClientId,
            ["aud"] = audience.AbsoluteUri,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(4).ToUnixTimeSeconds(),
            ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        };
        var text = $"{Encoded(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encoded(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = key is RSA rsa
            ? rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)
            : ((ECDsa)key).SignData(bytes, HashAlgorithmName.SHA384, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{text}.{Encoded(signature)}";
    }

    // PEM of an EC key and of an RSA key may look alike from outside (PKCS #8), so both are tried.
    private AsymmetricAlgorithm ReadKey()
    {
        var pem = PrivateKey.Reveal().Replace("\\n", "\n", StringComparison.Ordinal);
        AsymmetricAlgorithm? key = null;
        try
        {
            key = RSA.Create();
            ((RSA)key).ImportFromPem(pem);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key?.Dispose();
            key = ECDsa.Create();
            ((ECDsa)key).ImportFromPem(pem);
        }
        if (key.KeySize is 384 or >= 2048 && IsPrivate(key)) return key;
        key.Dispose();
        throw new CryptographicException("unsuitable");
    }

    private static bool IsPrivate(AsymmetricAlgorithm key)
    {
        try
        {
            if (key is RSA rsa) rsa.SignHash(new byte[48], HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
            else ((ECDsa)key).SignHash(new byte[48]);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string Encoded(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
