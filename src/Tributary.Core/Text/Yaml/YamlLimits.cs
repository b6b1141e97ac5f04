namespace Tributary.Core.Text.Yaml;

/// <summary>How large a YAML file may be before it is refused (TRB0107). <paramref name="Nodes"/> counts aliases written out.</summary>
public sealed record YamlLimits(int Bytes = 10_000_000, int Depth = 64, int Nodes = 1_000_000)
{
    public static YamlLimits Default { get; } = new();
}
