using Tributary.Core.Graph;
using Tributary.Core.Models.Files;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>A model, seed or singular test on its way through discovery: its file, its place and what its YAML says of it.</summary>
internal sealed record NodeDraft(NodeKind Kind, DbtProject Project, string Name, string Path)
{
    public required IReadOnlyList<string> Fqn { get; init; }

    public string Text { get; init; } = "";

    /// <summary>The template when it is a part of its file (a snapshot); null: <see cref="Text"/> is to be parsed.</summary>
    public Template? Template { get; init; }

    /// <summary>Where it begins in its file.</summary>
    public int Line { get; init; } = 1;

    public NodeProperties? Properties { get; init; }

    public SeedFile? Seed { get; init; }

    public GeneratedModel? Generated { get; init; }

    public string Package => Project.Name;

    public string Id => $"{Kind.ToString().ToLowerInvariant()}.{Package}.{Name}{(Version is null ? "" : ".v" + Version)}";

    public string? Version => Properties?.Version;

    /// <summary>The user's line: the generator's for a model that the engine wrote, else the file's first.</summary>
    public SourcePosition At => Generated?.At ?? new SourcePosition(Path, Line);

    public string Description => Properties?.Description is { Length: > 0 } text ? text : Generated?.Description ?? "";

    public IReadOnlyList<ColumnProperties> Columns => Generated is null ? Properties?.Columns ?? [] : GeneratedProperties.Columns(Generated, Properties);

    public IReadOnlyList<TestDeclaration> Tests => Properties?.Tests ?? [];

    /// <summary>The section of dbt_project.yml that configures it.</summary>
    public string Section => Kind switch { NodeKind.Seed => "seeds", NodeKind.Test => "tests", NodeKind.Snapshot => "snapshots", NodeKind.Analysis => "analyses", _ => "models" };
}
