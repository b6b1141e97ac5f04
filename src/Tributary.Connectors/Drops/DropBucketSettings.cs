using Tributary.Connectors.Buckets;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors.Drops;

/// <summary>The bucket in which drops lie.</summary>
public sealed record DropBucketSettings(
    [Description("The bucket; empty, as by a variable that is not set: the drops lie in the folder of `path`.")] string Bucket,
    [Inline] S3Connection Connection,
    [Description("What stands before the drops' names, such as karo/.")] string Prefix = "") : IValidated
{
    internal string Beginning => Prefix.Length == 0 || Prefix.EndsWith('/') ? Prefix : Prefix + "/";

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Bucket.Length == 0) return;
        Connection.Validate(check);
        if (!Amazon.S3.Util.AmazonS3Util.ValidateV2Bucket(Bucket)) check.Refuse("bucket", "no name of a bucket", "3 to 63 lower-case letters, digits, dots and hyphens.");
        if (Prefix.StartsWith('/')) check.Refuse("prefix", "no beginning of a key", "Write it as a/b/.");
    }
}
