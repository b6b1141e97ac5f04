using System.Buffers.Binary;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Prints of the newest records that were read, so that those which the overlap brings again are known without asking the warehouse. Bounded:
/// what is forgotten comes once more and changes nothing.
/// </summary>
internal sealed class RecentRecords
{
    public const int Most = 1000;

    private const int Size = 16;
    private readonly PriorityQueue<ulong, DateTime> byAge = new();
    private readonly HashSet<ulong> prints = [];
    private DateTime newest = DateTime.UnixEpoch;

    private DateTime horizon = DateTime.UnixEpoch;

    public RecentRecords(string? text)
    {
        if (text is null) return;
        var bytes = Convert.FromBase64String(text).AsSpan();
        newest = new DateTime(BinaryPrimitives.ReadInt64BigEndian(bytes), DateTimeKind.Utc);
        for (bytes = bytes[sizeof(long)..]; bytes.Length >= Size; bytes = bytes[Size..])
            Keep(BinaryPrimitives.ReadUInt64BigEndian(bytes), new DateTime(BinaryPrimitives.ReadInt64BigEndian(bytes[8..]), DateTimeKind.Utc));
    }

    /// <summary>The latest time among all records that were read.</summary>
    public DateTime Newest => newest;

    /// <summary>False at once for a record that is newer than all.</summary>
    public bool MayHold(DateTime at) => at <= newest;

    public bool Holds(ulong print) => prints.Contains(print);

    /// <summary><paramref name="until"/>: how long it may come again, where that is not its own time.</summary>
    public void Add(ulong print, DateTime at, DateTime? until = null)
    {
        if (at > newest) newest = at;
        Keep(print, until ?? at);
    }

    /// <summary>What is older does not come again.</summary>
    public void Forget(DateTime before)
    {
        if (before <= horizon) return;
        horizon = before;
        while (byAge.TryPeek(out var print, out var age) && age < horizon)
        {
            byAge.Dequeue();
            prints.Remove(print);
        }
    }

    /// <summary>The same again for the constructor; null when there is nothing.</summary>
    public override string? ToString()
    {
        if (byAge.Count == 0) return null;
        var bytes = new byte[sizeof(long) + byAge.Count * Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, newest.Ticks);
        var at = sizeof(long);
        foreach (var (print, age) in byAge.UnorderedItems.OrderBy(item => item.Priority).ThenBy(item => item.Element))
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(at), print);
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(at + 8), age.Ticks);
            at += Size;
        }
        return Convert.ToBase64String(bytes);
    }

    private void Keep(ulong print, DateTime until)
    {
        if (until < horizon || !prints.Add(print)) return;
        byAge.Enqueue(print, until);
        if (byAge.Count > Most) prints.Remove(byAge.Dequeue());
    }
}
