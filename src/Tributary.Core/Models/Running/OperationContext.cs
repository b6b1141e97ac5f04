using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running;

/// <summary>What the macros of an operation see: the project and the warehouse, but no node of their own.</summary>
internal static class OperationContext
{
    public static NodeContext Make(
        ModelWorkshop workshop, string name, string package, SourcePosition at, RunContext run, WarehouseSession session, CancellationToken cancel, RelationValue? self = null)
    {
        var names = Names(workshop, name, package, at, workshop.Project.Settings);
        if (self is not null) names = names with { This = self };
        return new NodeContext(names, new OperationReferences(workshop.Project, package), execute: true) { Run = run, Session = session, Cancel = cancel };
    }

    /// <summary>The same with settings that may be others than the project's.</summary>
    public static NodeNames Names(ModelWorkshop workshop, string name, string package, SourcePosition at, ModelSettings settings) =>
        workshop.Compiler.Names(Node(workshop.Project, name, package, at), settings);

    /// <summary>The node that stands in where the picture of one is asked for.</summary>
    private static ParsedNode Node(ParsedProject project, string name, string package, SourcePosition at) => new()
    {
        Id = $"operation.{package}.{name}",
        Name = name,
        Package = package,
        Kind = NodeKind.Operation,
        Path = at.File,
        At = at,
        Fqn = [package, name],
        Config = NodeConfig.Empty,
        Database = project.Settings.Target.Database,
        Schema = project.Settings.Target.SchemaPrefix + project.Settings.Target.Schema,
        Alias = name,
    };
}
