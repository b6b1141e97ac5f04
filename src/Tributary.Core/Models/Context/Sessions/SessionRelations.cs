using Tributary.Core.Postgres;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>
/// The relations as one session sees them: what the run knows, and over it what this session's open transaction did. After a
/// statement whose effect cannot be told, the server is asked each time until the transaction ends.
/// </summary>
internal sealed class SessionRelations(RelationCache cache, Func<string[], IEnumerable<(string Schema, string Name, CachedRelation Relation)>> list)
{
    private readonly List<RelationEffect> effects = [];
    private readonly Dictionary<Relation, CachedRelation?> changed = [];
    private readonly HashSet<string> temporary = new(StringComparer.Ordinal);

    /// <summary>A statement did something that its text does not tell.</summary>
    public bool IsBlind { get; private set; }

    public void Note(RelationEffect effect)
    {
        if (effect is RelationEffect.None || IsOfTemporary(effect)) return;
        effects.Add(effect);
        switch (effect)
        {
            case RelationEffect.Added { Relation.Schema.Length: > 0 } added:
                changed[added.Relation] = new CachedRelation(added.Kind, IsBare: false);
                break;
            case RelationEffect.Dropped { Relation.Schema.Length: > 0 } dropped when !dropped.Cascade || Find(dropped.Relation) is null:
                changed[dropped.Relation] = null;
                break;
            case RelationEffect.Renamed { From.Schema.Length: > 0 } renamed:
                (changed[renamed.To], changed[renamed.From]) = (Find(renamed.From), null);
                break;
            default:
                IsBlind = true;
                break;
        }
    }

    /// <summary>Null when there is none. Not to be asked while <see cref="IsBlind"/>.</summary>
    public CachedRelation? Find(Relation relation)
    {
        if (changed.TryGetValue(relation, out var own)) return own;
        while (true)
        {
            if (cache.TryFind(relation, out var found)) return found;
            cache.List([relation.Schema], list);
        }
    }

    /// <summary>All relations of a schema; null when the server must be asked.</summary>
    public IReadOnlyList<KeyValuePair<string, CachedRelation>>? In(string schema)
    {
        if (IsBlind || changed.Count > 0) return null;
        cache.List([schema], list);
        return cache.In(schema);
    }

    public void Committed()
    {
        cache.Committed(effects);
        Clear();
    }

    public void Clear()
    {
        effects.Clear();
        changed.Clear();
        IsBlind = false;
    }

    private bool IsOfTemporary(RelationEffect effect)
    {
        if (effect is RelationEffect.Added { IsTemporary: true } added)
        {
            temporary.Add(added.Relation.Name);
            return true;
        }
        return (effect is RelationEffect.Dropped { Relation.Schema: "" } dropped && temporary.Contains(dropped.Relation.Name))
            || (effect is RelationEffect.Renamed { From.Schema: "" } renamed && temporary.Remove(renamed.From.Name) && temporary.Add(renamed.To.Name));
    }

}
