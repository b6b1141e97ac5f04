using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Text;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>What a node's templates know of the node itself and of the project around it.</summary>
internal sealed record NodeNames(MacroLibrary Macros, ModelSettings Settings, DbtProject Root)
{
    public required string Package { get; init; }

    public NodeKind Kind { get; init; } = NodeKind.Model;

    /// <summary>The project and its packages.</summary>
    public IReadOnlyList<DbtProject> Packages { get; init; } = [];

    public required SourcePosition At { get; init; }

    public required Variables Variables { get; init; }

    public required NodeConfig Config { get; init; }

    /// <summary>Its own relation, <c>this</c>.</summary>
    public required RelationValue This { get; init; }

    /// <summary>Its picture in dbt's manifest, <c>model</c>; made when it is read.</summary>
    public required Func<JinjaDict> Picture { get; init; }

    /// <summary>The project's graph, <c>graph</c>; empty while references are collected.</summary>
    public Func<JinjaDict> Graph { get; init; } = static () => GraphPicture.Empty;
}
