using Tributary.Core.Postgres;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>Reads from a statement's first words what it does to the list of relations. In doubt it answers Unknown.</summary>
internal ref struct EffectReader
{
    private readonly string text;
    private int at;

    private EffectReader(string text) => (this.text, at) = (text, SqlScan.SkipBlank(text, 0));

    /// <summary><paramref name="statement"/> is one statement, as <see cref="SqlScan.Split"/> gives them.</summary>
    public static RelationEffect Of(string statement)
    {
        var reader = new EffectReader(statement);
        if (reader.Takes("create")) return reader.Create();
        if (reader.Takes("drop")) return reader.Drop();
        if (reader.Takes("alter")) return reader.Alter();
        if (reader.Takes("select") || reader.Takes("with")) return statement.Contains("into", StringComparison.OrdinalIgnoreCase) ? RelationEffect.Unknown.Instance : RelationEffect.None.Instance;
        return reader.IsHarmless() ? RelationEffect.None.Instance : RelationEffect.Unknown.Instance;
    }

    private bool IsHarmless() =>
        Takes("insert") || Takes("update") || Takes("delete") || Takes("merge") || Takes("truncate") || Takes("analyze") || Takes("vacuum") || Takes("grant")
        || Takes("revoke") || Takes("comment") || Takes("set") || Takes("reset") || Takes("copy") || Takes("refresh") || Takes("lock") || Takes("show")
        || Takes("explain") || Takes("begin") || Takes("start") || Takes("commit") || Takes("end") || Takes("values") || Takes("table") || Takes("reindex")
        || Takes("cluster") || Takes("notify") || Takes("savepoint") || Takes("release");

    private RelationEffect Create()
    {
        if (Takes("or")) Takes("replace");
        var isTemporary = Takes("temporary") || Takes("temp") || Takes("global") || Takes("local");
        if (isTemporary && !Takes("temporary")) Takes("temp");
        Takes("unlogged");
        Takes("recursive");
        if (Kind() is not { } kind) return IsOtherThing() ? RelationEffect.None.Instance : RelationEffect.Unknown.Instance;
        if (Takes("if")) return RelationEffect.Unknown.Instance; // one of another kind may stand
        if (Name() is not { } name) return RelationEffect.Unknown.Instance;
        return new RelationEffect.Added(isTemporary ? new Relation("", name.Name) : name, kind, isTemporary);
    }

    /// <summary>What is no relation and does not bring any.</summary>
    private bool IsOtherThing() =>
        Takes("index") || Takes("unique") || Takes("function") || Takes("procedure") || Takes("trigger") || Takes("sequence") || Takes("policy")
        || Takes("statistics") || Takes("role") || Takes("domain") || Takes("aggregate") || Takes("collation") || Takes("schema");

    private RelationEffect Drop()
    {
        if (Kind() is null) return Takes("index") || Takes("trigger") || Takes("policy") || Takes("role") ? RelationEffect.None.Instance : RelationEffect.Unknown.Instance;
        if (Takes("if")) Takes("exists");
        if (Name() is not { } name) return RelationEffect.Unknown.Instance;
        at = SqlScan.SkipBlank(text, at);
        if (at >= text.Length || Takes("restrict")) return new RelationEffect.Dropped(name, false);
        return Takes("cascade") ? new RelationEffect.Dropped(name, true) : RelationEffect.Unknown.Instance;
    }

    private RelationEffect Alter()
    {
        if (Kind() is null) return RelationEffect.None.Instance;
        if (Takes("if")) Takes("exists");
        Takes("only");
        if (Name() is not { } name) return RelationEffect.Unknown.Instance;
        if (Takes("set")) return Takes("schema") ? RelationEffect.Unknown.Instance : RelationEffect.None.Instance;
        if (!Takes("rename")) return RelationEffect.None.Instance;
        return Takes("to") && Part() is { } to ? new RelationEffect.Renamed(name, name with { Name = to }) : RelationEffect.None.Instance;
    }

    private string? Kind()
    {
        if (Takes("table")) return "table";
        if (Takes("view")) return "view";
        return Takes("materialized") && Takes("view") ? "materialized_view" : null;
    }

    /// <summary>The schema is empty when none is named: then search_path decides.</summary>
    private Relation? Name()
    {
        var parts = new List<string>(3);
        do
        {
            if (Part() is not { } part) return null;
            parts.Add(part);
        }
        while (Takes('.'));
        return new Relation(parts.Count < 2 ? "" : parts[^2], parts[^1]);
    }

    private string? Part()
    {
        at = SqlScan.SkipBlank(text, at);
        if (at >= text.Length) return null;
        var end = SqlScan.Next(text, at);
        var part = text[at..end];
        if (part[0] == '"' && part.Length > 2) part = part[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
        else if (char.IsLetter(part[0]) || part[0] == '_') part = part.ToLowerInvariant();
        else return null;
        at = end;
        return part;
    }

    private bool Takes(char mark)
    {
        if (at >= text.Length || text[at] != mark) return false;
        at++;
        return true;
    }

    private bool Takes(string word)
    {
        at = SqlScan.SkipBlank(text, at);
        if (!SqlScan.IsWordAt(text, at, word)) return false;
        at += word.Length;
        return true;
    }
}
