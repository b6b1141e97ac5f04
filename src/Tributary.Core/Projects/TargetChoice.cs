using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>The target that a run works in, with what the project says where the target is silent.</summary>
public sealed record TargetChoice(string Name, WarehouseConfig? Warehouse, string Schema, string SchemaPrefix, bool IsProduction, IReadOnlyList<string>? Destinations)
{
    /// <summary>The dbt profile that the target belongs to; null in a project of our own.</summary>
    public string? Profile { get; init; }

    /// <summary>The name of the only target of a project that declares none.</summary>
    public const string Default = "dev";

    public static TargetChoice Of(TributaryFile file, string? asked)
    {
        var targets = file.Targets ?? new Dictionary<string, TargetConfig>();
        if (targets.Count == 0 && asked is null or Default) return Choose(file, Default, new TargetConfig(file.At));
        var name = asked ?? file.DefaultTarget ?? targets.Keys.First();
        if (targets.TryGetValue(name, out var target)) return Choose(file, name, target);
        throw new UserErrorException(ErrorCodes.UnknownName, file.At, $"The target '{name}' is not declared.", Nearest.Hint(name, [.. targets.Keys]));
    }

    private static TargetChoice Choose(TributaryFile file, string name, TargetConfig target)
    {
        var warehouse = target.Warehouse ?? file.Warehouse;
        return new TargetChoice(name, warehouse, warehouse?.Schema ?? file.Schema ?? file.Name, target.SchemaPrefix, target.Production, target.Destinations);
    }
}
