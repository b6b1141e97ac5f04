namespace Tributary.Core.Ingest;

/// <summary>
/// The order of a record's versions: by last update, then by version number; unknown counts as oldest, so that the
/// result does not depend on the order of arrival; a deletion comes after the version that it deletes. Equal rank and
/// different content: the later arrival wins.
/// </summary>
public static class Precedence
{
    /// <summary>Below 0 when <paramref name="a"/> is older than <paramref name="b"/>; 0 when nothing tells them apart.</summary>
    public static int Compare(in RecordKey a, in RecordKey b)
    {
        var byTime = Nullable.Compare(a.LastUpdated, b.LastUpdated);
        if (byTime != 0) return byTime;
        var byVersion = CompareVersions(a.Version, b.Version);
        return byVersion != 0 || !HasRank(a) ? byVersion : a.IsDeletion.CompareTo(b.IsDeletion);
    }

    /// <summary>True when the record says when or as which version it was written.</summary>
    public static bool HasRank(in RecordKey key) => key.LastUpdated is not null || Digits(key.Version).Length > 0;

    /// <summary>
    /// A deletion that does not say when it happened comes after the version that is known: at <paramref name="now"/>, unless nothing
    /// in this stream says when (then arrival counts) or the record is deleted already and nothing tells this deletion from that one.
    /// </summary>
    public static RecordKey Place(in RecordKey key, in RecordKey current, DateTime now)
    {
        if (!key.IsDeletion || HasRank(key)) return key;
        if (current.IsDeletion) return key.Version is null || HasRank(current) ? current : key;
        if (!HasRank(current)) return key;
        var after = current.LastUpdated?.AddMicroseconds(1);
        return key with { LastUpdated = after > now ? after : now };
    }

    private static int CompareVersions(string? a, string? b)
    {
        var left = Digits(a);
        var right = Digits(b);
        return left.Length != right.Length
            ? left.Length.CompareTo(right.Length)
            : Math.Sign(left.SequenceCompareTo(right));
    }

    // Version ids that are no numbers (hashes, UUIDs) have no order of their own.
    private static ReadOnlySpan<char> Digits(string? version)
    {
        if (string.IsNullOrEmpty(version) || version.AsSpan().ContainsAnyExceptInRange('0', '9')) return [];
        var digits = version.AsSpan().TrimStart('0');
        return digits.IsEmpty ? version.AsSpan(0, 1) : digits;
    }
}
