using System.Text.Json;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>The documents of one database, each with its winning revision and the number of its last change.</summary>
internal sealed class CouchDatabase
{
    private readonly SortedDictionary<string, Winner> winners = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public sealed record Winner(long Number, string Id, string Revision, bool IsDeleted, string Body);

    public long Sequence { get; private set; }

    public string Created { get; set; } = "1700000000";

    public List<string> PurgedIds { get; } = [];

    /// <summary>Null: a server without purges.</summary>
    public int? PurgeSequence => HasPurges ? PurgedIds.Count : null;

    public bool HasPurges { get; set; } = true;

    /// <summary>Completed by the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (gate) return changed.Task;
        }
    }

    /// <summary>Writes a document; its revision counts up. <paramref name="fields"/> is the text between the braces.</summary>
    public void Put(string id, string fields = "", bool isDeleted = false)
    {
        lock (gate)
        {
            var generation = winners.TryGetValue(id, out var last) ? int.Parse(last.Revision.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture) + 1 : 1;
            var revision = $"{generation}-{Sequence + 1:x8}";
            var more = fields.Length > 0 ? "," + fields : "";
            var body = $"{{\"_id\":{JsonSerializer.Serialize(id)},\"_rev\":\"{revision}\"{(isDeleted ? ",\"_deleted\":true" : "")}{more}}}";
            winners[id] = new Winner(++Sequence, id, revision, isDeleted, body);
            Tell();
        }
    }

    /// <summary>Another server's revision wins: its number may be lower than that of the one before.</summary>
    public void Replicate(string id, string revision, string fields)
    {
        lock (gate)
        {
            winners[id] = new Winner(++Sequence, id, revision, IsDeleted: false, $"{{\"_id\":{JsonSerializer.Serialize(id)},\"_rev\":\"{revision}\",{fields}}}");
            Tell();
        }
    }

    public void Delete(string id) => Put(id, isDeleted: true);

    /// <summary>A document vanishes; no change tells.</summary>
    public void Purge(string id)
    {
        lock (gate)
        {
            winners.Remove(id);
            PurgedIds.Add(id);
        }
    }

    public IReadOnlyList<Winner> ChangesSince(long since)
    {
        lock (gate) return [.. winners.Values.Where(winner => winner.Number > since).OrderBy(winner => winner.Number)];
    }

    public IReadOnlyList<Winner> All()
    {
        lock (gate) return [.. winners.Values];
    }

    public Winner? Find(string id)
    {
        lock (gate) return winners.GetValueOrDefault(id);
    }

    /// <summary>As a restored backup: the documents and the sequence of an earlier moment.</summary>
    public void Restore(IReadOnlyList<Winner> earlier, long sequence)
    {
        lock (gate)
        {
            winners.Clear();
            foreach (var winner in earlier) winners[winner.Id] = winner;
            Sequence = sequence;
            Tell();
        }
    }

    private void Tell()
    {
        changed.TrySetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
