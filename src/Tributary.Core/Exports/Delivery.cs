namespace Tributary.Core.Exports;

/// <summary>The proof that an export arrived: one row of <c>tributary.delivery</c>. <paramref name="Sha256"/> is of the whole file, in hex.</summary>
public sealed record Delivery(
    string RunId,
    string Export,
    string Track,
    string Destination,
    string Name,
    long Bytes,
    string Sha256,
    long Rows,
    string Fingerprint,
    Manifest Manifest,
    DateTimeOffset AsOf,
    DateTimeOffset DeliveredAt);
