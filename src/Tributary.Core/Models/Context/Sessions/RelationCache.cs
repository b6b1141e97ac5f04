using Tributary.Core.Postgres;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>
/// The relations of the warehouse as far as a run has looked, shared by its nodes: schemas are listed once and kept up as nodes
/// commit. What a statement may have changed unseen is forgotten and listed again when somebody asks.
/// </summary>
internal sealed class RelationCache : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Dictionary<string, CachedRelation>> schemas = new(StringComparer.Ordinal);

    // What was committed while lists were being read: each may or may not hold what came after its own beginning.
    private readonly List<RelationEffect> whileListing = [];
    private int listing;

    /// <summary>Schemas that a list was asked of; they are listed together.</summary>
    private readonly HashSet<string> wanted = new(StringComparer.Ordinal);

    /// <summary>Whether the schema is listed, and the relation; null when there is none.</summary>
    public bool TryFind(Relation relation, out CachedRelation? found)
    {
        lock (gate)
        {
            found = null;
            if (!schemas.TryGetValue(relation.Schema, out var relations)) return false;
            found = relations.GetValueOrDefault(relation.Name);
            return true;
        }
    }

    /// <summary>All of a schema by name; null when it is not listed.</summary>
    public IReadOnlyList<KeyValuePair<string, CachedRelation>>? In(string schema)
    {
        lock (gate) return schemas.TryGetValue(schema, out var relations) ? [.. relations.OrderBy(entry => entry.Key, StringComparer.Ordinal)] : null;
    }

    /// <summary>Lists these schemas together with all that were asked of before. <paramref name="read"/> asks the server.</summary>
    public void List(IEnumerable<string> names, Func<string[], IEnumerable<(string Schema, string Name, CachedRelation Relation)>> read)
    {
        string[] missing;
        int since;
        lock (gate)
        {
            foreach (var name in names) wanted.Add(name);
            missing = [.. wanted.Where(name => !schemas.ContainsKey(name))];
            if (missing.Length == 0) return;
            listing++;
            since = whileListing.Count;
        }
        List<(string Schema, string Name, CachedRelation Relation)>? found = null;
        try
        {
            found = [.. read(missing)];
        }
        finally
        {
            lock (gate) Store(missing, found, since);
        }
    }

    /// <summary>Called right after a commit.</summary>
    public void Committed(IReadOnlyList<RelationEffect> effects)
    {
        if (effects.Count == 0) return;
        lock (gate)
        {
            if (listing > 0) whileListing.AddRange(effects);
            foreach (var effect in effects) Apply(effect);
        }
    }

    /// <summary>Everything is asked again.</summary>
    public void Forget() => Committed([RelationEffect.Unknown.Instance]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Keeps what was read; null when that failed. What is older than something untold is not kept: whoever needs it reads again.</summary>
    private void Store(string[] missing, List<(string Schema, string Name, CachedRelation Relation)>? found, int since)
    {
        var meanwhile = whileListing[since..];
        if (found is not null && !meanwhile.Exists(effect => effect is RelationEffect.Unknown))
        {
            foreach (var schema in missing) schemas[schema] = new(StringComparer.Ordinal);
            foreach (var (schema, name, relation) in found) schemas[schema][name] = relation;
            foreach (var effect in meanwhile) Apply(effect);
        }
        if (--listing == 0) whileListing.Clear();
    }

    private void Apply(RelationEffect effect)
    {
        switch (effect)
        {
            case RelationEffect.Unknown:
                schemas.Clear();
                break;
            case RelationEffect.Added added when schemas.TryGetValue(added.Relation.Schema, out var relations):
                relations[added.Relation.Name] = new CachedRelation(added.Kind, IsBare: false);
                break;
            // What went with it is not known; nothing can have gone with what never stood.
            case RelationEffect.Dropped { Cascade: true } dropped when TryFind(dropped.Relation, out var standing) && standing is null:
                break;
            case RelationEffect.Dropped { Cascade: true }:
                schemas.Clear();
                break;
            case RelationEffect.Dropped dropped when schemas.TryGetValue(dropped.Relation.Schema, out var relations):
                relations.Remove(dropped.Relation.Name);
                break;
            case RelationEffect.Renamed renamed when schemas.TryGetValue(renamed.From.Schema, out var relations):
                if (relations.Remove(renamed.From.Name, out var moved)) relations[renamed.To.Name] = moved;
                else schemas.Remove(renamed.From.Schema);
                break;
            default:
                break;
        }
    }
}
