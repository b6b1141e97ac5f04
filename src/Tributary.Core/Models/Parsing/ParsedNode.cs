using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.MacroTests;
using Tributary.Core.Models.Parsing.Tests;
using Tributary.Core.Models.UnitTests;
using Tributary.Core.Postgres;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>A model, seed or test after discovery: what it is called, how it is configured, where it goes, what it reads. Immutable.</summary>
internal sealed record ParsedNode
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Package { get; init; }

    public required NodeKind Kind { get; init; }

    /// <summary>Its file, as messages show it.</summary>
    public required string Path { get; init; }

    public required SourcePosition At { get; init; }

    public required IReadOnlyList<string> Fqn { get; init; }

    public string RawCode { get; init; } = "";

    /// <summary>Null for seeds, which have no text to render.</summary>
    public Template? Template { get; init; }

    public required NodeConfig Config { get; init; }

    public string? Database { get; init; }

    public string Schema { get; init; } = "";

    public string Alias { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyList<ColumnProperties> Columns { get; init; } = [];

    public bool HasContract => Config["contract"] is IReadOnlyDictionary<string, object?> contract && contract.GetValueOrDefault("enforced") is true;

    /// <summary>Ids of models, seeds and sources, in the order in which they were first named.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Ids of the sources of which it reads the changes, those of its text alone.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Of a model with versions: which one this is; else null.</summary>
    public string? Version { get; init; }

    /// <summary>Of a model with versions: the one that <c>ref()</c> without a version means.</summary>
    public string? LatestVersion { get; init; }

    public string? DeprecationDate { get; init; }

    /// <summary>Constraints of the whole model: maps as written.</summary>
    public IReadOnlyList<object?> Constraints { get; init; } = [];

    /// <summary>The properties file that speaks of it, as messages show it.</summary>
    public string? PatchFile { get; init; }

    public SeedFile? Seed { get; init; }

    public GenericTest? Test { get; init; }

    public UnitTest? UnitTest { get; init; }

    public MacroTest? MacroTest { get; init; }

    /// <summary>It tests rows that it brings itself: no node to dbt's <c>graph.nodes</c>.</summary>
    public bool IsUnitTest => UnitTest is not null || MacroTest is not null;

    /// <summary>The file of the user that asked for a model that the engine wrote; null when the file is the user's own.</summary>
    public GeneratedModel? Generated { get; init; }

    public bool IsEphemeral => Kind == NodeKind.Model && Config.Materialized == "ephemeral";

    public Relation Relation => new(Schema, Alias);

    /// <summary>dbt's word for what it is.</summary>
    public string ResourceType => IsUnitTest ? "unit_test" : Kind.ToString().ToLowerInvariant();
}
