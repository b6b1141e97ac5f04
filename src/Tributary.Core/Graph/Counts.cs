namespace Tributary.Core.Graph;

/// <summary>What a node did, in rows and bytes. For a test, <see cref="Rows"/> is the number of failing rows.</summary>
public sealed record Counts(
    long Rows = 0,
    long Inserted = 0,
    long Updated = 0,
    long Unchanged = 0,
    long Deleted = 0,
    long Rejected = 0,
    long Bytes = 0,
    long Files = 0)
{
    public static readonly Counts None = new();

    public static Counts operator +(Counts a, Counts b) => new(
        a.Rows + b.Rows, a.Inserted + b.Inserted, a.Updated + b.Updated, a.Unchanged + b.Unchanged,
        a.Deleted + b.Deleted, a.Rejected + b.Rejected, a.Bytes + b.Bytes, a.Files + b.Files);
}
