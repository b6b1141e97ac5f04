using Tributary.Jinja.Rendering;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>What the text of a template says, read.</summary>
internal sealed record TemplateTree(
    FrameLayout Layout, Statement[] Body, IReadOnlyList<Macro> Macros, IReadOnlyList<DocsStatement> Docs, IReadOnlyList<SnapshotStatement> Snapshots);
