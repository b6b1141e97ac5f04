using System.Collections.Concurrent;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Tributary.Connectors.Buckets;

/// <summary>The clients of this process, one a connection: they hold open connections and may be used by many at once.</summary>
internal static class S3Clients
{
    private const string DefaultRegion = "us-east-1";

    /// <summary>A call is tried again by the client when the network or the server stumbles; what is left then is for the Runner.</summary>
    private const int Retries = 3;

    private static readonly ConcurrentDictionary<S3Connection, Lazy<AmazonS3Client>> Known = new();

    /// <summary>Throws <see cref="S3RefusedException"/> when the keys or the region are missing.</summary>
    public static AmazonS3Client Of(S3Connection connection) => Known.GetOrAdd(connection, key => new Lazy<AmazonS3Client>(() => Create(key))).Value;

    /// <summary>A client without keys, as anybody on the network has one.</summary>
    public static AmazonS3Client Anonymous(S3Connection connection) => Create(connection, new AnonymousAWSCredentials());

    private static AmazonS3Client Create(S3Connection connection) => Create(connection, Credentials(connection));

    private static AmazonS3Client Create(S3Connection connection, AWSCredentials credentials)
    {
        var isOwn = connection.Own is not null;
        var asked = (connection.Checksums ?? (isOwn ? S3Checksums.WhenRequired : S3Checksums.WhenSupported)) == S3Checksums.WhenSupported;
        var config = new AmazonS3Config
        {
            ForcePathStyle = connection.PathStyle ?? isOwn,
            RequestChecksumCalculation = asked ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = asked ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED,
        };
        Prepare(config, connection);
        return new AmazonS3Client(credentials, config);
    }

    private static void Prepare(ClientConfig config, S3Connection connection)
    {
        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = Retries;
        config.AllowAutoRedirect = false; // a redirect would carry the signature to another host
        if (connection.Own is { } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = connection.Region ?? DefaultRegion;
        }
        else if ((connection.Region is { } region ? RegionEndpoint.GetBySystemName(region) : FallbackRegionFactory.GetRegionEndpoint()) is { } found) config.RegionEndpoint = found;
        else throw new S3RefusedException("no region is known for S3", "Write `region:` or set AWS_REGION.");
    }

    private static AWSCredentials Credentials(S3Connection connection)
    {
        var own = Own(connection);
        return connection.AssumeRole is { } role ? new RoleCredentials(connection, own, role) : own;
    }

    private static AWSCredentials Own(S3Connection connection)
    {
        if (connection is not { AccessKey: { } access, SecretKey: { } secret }) return new DefaultChain();
        // An empty variable must not mean that whatever else the machine holds is used.
        if (access.Reveal().Length == 0 || secret.Reveal().Length == 0)
            throw new S3RefusedException("access_key or secret_key is empty", "Set the variables that they name in the environment or the secrets file.");
        return connection.SessionToken is { } token && token.Reveal().Length > 0
            ? new SessionAWSCredentials(access.Reveal(), secret.Reveal(), token.Reveal())
            : new BasicAWSCredentials(access.Reveal(), secret.Reveal());
    }

    /// <summary>What the SDK finds in environment, profile, container or machine; looked for when the first call needs it.</summary>
    private sealed class DefaultChain : AWSCredentials
    {
        private readonly Lazy<AWSCredentials> found = new(() => Amazon.Runtime.Credentials.DefaultAWSCredentialsIdentityResolver.GetCredentials());

        public override ImmutableCredentials GetCredentials() => found.Value.GetCredentials();

        public override Task<ImmutableCredentials> GetCredentialsAsync() => found.Value.GetCredentialsAsync();
    }

    /// <summary>A role's temporary keys, made anew before they end. At an endpoint of one's own that server gives them.</summary>
    private sealed class RoleCredentials(S3Connection connection, AWSCredentials own, string role) : RefreshingAWSCredentials
    {
        protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

        protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
        {
            var config = new AmazonSecurityTokenServiceConfig();
            Prepare(config, connection);
            using var client = new AmazonSecurityTokenServiceClient(own, config);
            var answer = await client.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = role, RoleSessionName = "tributary", ExternalId = connection.ExternalId?.Reveal() });
            return new CredentialsRefreshState(answer.Credentials.GetCredentials(), answer.Credentials.Expiration ?? DateTime.MaxValue);
        }
    }
}
