using Tributary.Core.Postgres;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>What a statement does to the list of relations. A relation without a schema is where search_path puts it.</summary>
internal abstract record RelationEffect
{
    /// <summary>Nothing.</summary>
    public sealed record None : RelationEffect
    {
        public static readonly None Instance = new();
    }

    /// <summary>Something that cannot be told from its text.</summary>
    public sealed record Unknown : RelationEffect
    {
        public static readonly Unknown Instance = new();
    }

    /// <summary>A relation of this kind (dbt's word) stands afterwards; a temporary one is in no schema that is listed.</summary>
    public sealed record Added(Relation Relation, string Kind, bool IsTemporary = false) : RelationEffect;

    /// <summary>The relation is gone; with <paramref name="Cascade"/> what rests on it, too.</summary>
    public sealed record Dropped(Relation Relation, bool Cascade) : RelationEffect;

    public sealed record Renamed(Relation From, Relation To) : RelationEffect;
}
