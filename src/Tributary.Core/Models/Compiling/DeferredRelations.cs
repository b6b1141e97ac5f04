using Tributary.Core.Models.Artifacts;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Compiling;

/// <summary>
/// Where references lead with <c>--defer</c>: a model, seed or snapshot that does not stand here is read where an earlier
/// manifest has it; when the state is favoured, also one that stands here and is not chosen.
/// </summary>
internal sealed class DeferredRelations(EarlierManifest manifest, bool favorsState)
{
    private (IReadOnlyList<string> List, HashSet<string> Set) chosen = ([], []);

    /// <summary>Null: the relation of the target itself is meant.</summary>
    public RelationValue? Instead(ParsedNode target, RelationValue own, WarehouseSession session, IReadOnlyList<string> selected)
    {
        if (manifest.Find(target.Id) is not { } then || then.Text("relation_name") is null) return null;
        var isFavoured = favorsState && !Chosen(selected).Contains(target.Id);
        if (!isFavoured && session.Catalog.Find(own.Database, own.Schema, own.Identifier) is not null) return null;
        return new RelationValue { Database = then.Text("database"), Schema = then.Text("schema"), Identifier = then.Text("alias"), Quoted = own.Quoted };
    }

    private HashSet<string> Chosen(IReadOnlyList<string> selected)
    {
        var known = chosen;
        if (!ReferenceEquals(known.List, selected)) chosen = known = (selected, [.. selected]);
        return known.Set;
    }
}
