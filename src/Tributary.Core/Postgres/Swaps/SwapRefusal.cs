using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Swaps;

/// <summary>Why a relation cannot be replaced, in the user's words.</summary>
internal static class SwapRefusal
{
    /// <summary>Refuses what would fail half-way: relations of other owners, and a relation that reads what it replaces.</summary>
    public static void Check(SwapRelation old, SwapRelation found, IReadOnlyList<SwapDependent> dependents)
    {
        if (dependents.FirstOrDefault(view => view.Oid == found.Oid) is not null)
        {
            throw new UserErrorException(
                ErrorCodes.DatabaseRefused, null, $"{old.Relation} would be replaced by a view that reads {old.Relation} itself.",
                "Read what lies below it instead, or make it a table.");
        }
        if (!old.IsOurs) throw OfAnotherOwner(old.Relation, old.KindWord, old.Owner, old.Relation);
        if (dependents.FirstOrDefault(view => !view.IsOurs) is { } foreign)
        {
            throw OfAnotherOwner(foreign.Relation, foreign.KindWord, foreign.Owner, old.Relation);
        }
    }

    public static UserErrorException NoLongerCompiles(Relation target, SwapDependent view, PostgresException error) => new(
        ErrorCodes.DatabaseRefused, null,
        $"{target} cannot be replaced: the {view.KindWord} {view.Relation} over it would no longer compile: {DatabaseError.From(error).Message}.",
        $"Keep the column in {target}, or change or drop {view.Relation} first. The old {target} stands.");

    /// <summary>Something that is no view holds on to the old relation: a foreign key, a function, a rule.</summary>
    public static UserErrorException Held(Relation target, IReadOnlyList<string> obstacles) => new(
        ErrorCodes.DatabaseRefused, null,
        $"{target} cannot be replaced, because other objects depend on it: {string.Join("; ", obstacles)}.",
        $"Drop them first, or let them depend on a view over {target}. The old {target} stands.");

    private static UserErrorException OfAnotherOwner(Relation relation, string kind, string owner, Relation target) => new(
        ErrorCodes.PrivilegeMissing, null,
        $"{target} cannot be replaced: the {kind} {relation} belongs to the role {owner}, and this role may not recreate it.",
        $"Run as a superuser or as {owner}: GRANT {Identifier.Quote(owner)} TO the role in `warehouse: user`; or drop {relation}.");
}
