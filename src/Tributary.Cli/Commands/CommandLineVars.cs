using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Cli.Commands;

/// <summary>Reads <c>--vars '{a: 1}'</c>.</summary>
internal static class CommandLineVars
{
    public static IReadOnlyDictionary<string, object?> Read(string? yaml)
    {
        if (yaml is null) return new Dictionary<string, object?>();
        if (YamlFile.Parse(yaml, "--vars") is YamlMap map) return (Dictionary<string, object?>)map.ToObject();
        throw new UserErrorException(ErrorCodes.WrongType, new SourcePosition("--vars"), "expected a YAML map.", "Example: --vars '{min_amount: 5}'");
    }
}
