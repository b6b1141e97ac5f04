using Tributary.Core.Graph;
using Tributary.Core.Models.Changes;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Context.Time;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Compiling;

/// <summary>Answers <c>ref</c> and <c>source</c> while a node is compiled, and notes which ephemeral models it uses.</summary>
internal sealed class CompileReferences(ParsedProject project, ParsedNode node, EventBatch? batch = null) : ICollector
{
    private readonly List<ParsedNode> ephemerals = [];

    /// <summary>With it, what does not stand here may be read where an earlier manifest has it.</summary>
    public WarehouseSession? Session { get; init; }

    /// <summary>Ids of the nodes that the run was asked for.</summary>
    public IReadOnlyList<string> Selected { get; init; } = [];

    /// <summary>Relations that stand in for nodes, by their ids.</summary>
    public IReadOnlyDictionary<string, RelationValue>? Instead { get; init; }

    /// <summary>What <c>changes()</c> stands for.</summary>
    public ChangeReading? Reading { get; init; }

    /// <summary>In the order of their first use.</summary>
    public IReadOnlyList<ParsedNode> Ephemerals => ephemerals;

    public RelationValue Ref(string? package, string name, object? version, SourcePosition at)
    {
        var asked = version is null ? null : PythonText.Of(version);
        var target = project.References.Find(name, package, node.Package, asked) is { } found ? project.Find(found.Id) : null;
        if (target is null) throw new UserErrorException([project.References.UnknownReference(name, package, at, asked)]);
        RequireKnown(target.Id, $"{{{{ ref('{name}') }}}}", at);
        if (Instead?.TryGetValue(target.Id, out var other) == true) return other;
        if (!target.IsEphemeral) return InBatch(Deferred(target, RelationOf(target, project)), target.Config.Text("event_time"));
        if (!ephemerals.Contains(target)) ephemerals.Add(target);
        return RelationValue.Ephemeral(target.Name);
    }

    public RelationValue Source(string source, string table, SourcePosition at)
    {
        var found = project.References.FindSource(source, table, node.Package)
            ?? throw new UserErrorException([project.References.UnknownSource(source, table, at)]);
        RequireKnown(found.Id, $"{{{{ source('{source}', '{table}') }}}}", at);
        return InBatch(new RelationValue
        {
            Database = found.Database ?? project.Settings.Target.Database,
            Schema = found.Schema,
            Identifier = found.Identifier,
            Quoted = found.Quoting,
        }, found.Config.GetValueOrDefault("event_time") as string);
    }

    public object Changes(string? source, string table, bool withDeleted, SourcePosition at)
    {
        var found = project.References.FindSource(source ?? "", table, node.Package)
            ?? throw new UserErrorException([project.References.UnknownSource(source ?? "", table, at)]);
        if (Reading is null || !node.Changes.Contains(found.Id))
            throw new UserErrorException(ErrorCodes.ChangesRefused, at, $"'{node.Name}' asks for the changes of {found.Source}.{found.Name} only while it is compiled, so that it is not known as one that follows them",
                "Call changes() in the model's own text, where discovery sees it.");
        return project.Settings.Empty ? Source(found.Source, found.Name, at) : Reading.Relation(found, withDeleted);
    }

    /// <summary>What says when its events happened is read for the batch's time only; the rest whole. With --empty nothing of anything.</summary>
    private RelationValue InBatch(RelationValue relation, string? eventTime) =>
        project.Settings.Empty ? relation.With(filter: "false limit 0")
        : batch is null || eventTime is null ? relation : relation.With(filter: $"{eventTime} >= '{Instant(batch.Start)}' and {eventTime} < '{Instant(batch.End)}'");

    private RelationValue Deferred(ParsedNode target, RelationValue own) =>
        project.Deferred is { } deferred && Session is not null ? deferred.Instead(target, own, Session, Selected) ?? own : own;

    private static string Instant(DateTimeOffset at) => DateTimeValue.OfUtc(at).ToString();

    /// <summary>Configuration was settled by discovery.</summary>
    public void Configure(IEnumerable<KeyValuePair<string, object?>> values)
    {
    }

    public static RelationValue RelationOf(ParsedNode target, ParsedProject project) => new()
    {
        Database = target.Database,
        Schema = target.Schema,
        Identifier = target.Alias,
        Type = target.Config.Materialized switch { "view" => "view", "materialized_view" => "materialized_view", _ => "table" },
        Quoted = project.Root.Quoting.With(target.Config["quoting"]),
    };

    /// <summary>A reference that only this pass reaches would not order the graph: the node could be built before what it reads.</summary>
    private void RequireKnown(string id, string call, SourcePosition at)
    {
        if (node.Kind == NodeKind.Operation || id == node.Id || node.DependsOn.Contains(id)) return;
        throw new UserErrorException(ErrorCodes.UnknownReference, at,
            $"{call} is reached only while the model is compiled, so that it does not count as something that '{node.Name}' reads",
            $"Name it where discovery sees it: write the line -- depends_on: {call} at the top of the file.");
    }
}
