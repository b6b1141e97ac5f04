using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>One way to run a project: which warehouse, which schemas, which destinations.</summary>
public sealed record TargetConfig(
    SourcePosition At,
    [Description("The warehouse of this target; default: the project's.")] WarehouseConfig? Warehouse = null,
    [Description("Put before every model's schema, such as dev_.")] string SchemaPrefix = "",
    [Description("Only a production target may use production destinations.")] bool Production = false,
    [Description("Destinations that this target may use; default: all that are allowed to it.")] IReadOnlyList<string>? Destinations = null);
