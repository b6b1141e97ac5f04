using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Cli.Commands;

/// <summary>Reads <c>--vars '{a: 1}'</c> and <c>--args</c>.</summary>
internal static class CommandLineVars
{
    public static IReadOnlyDictionary<string, object?> Read(string? yaml, string option = "--vars")
    {
        if (string.IsNullOrWhiteSpace(yaml)) return new Dictionary<string, object?>();
        if (YamlFile.Parse(yaml, option) is YamlMap map) return (Dictionary<string, object?>)map.ToObject();
        throw new UserErrorException(ErrorCodes.WrongType, new SourcePosition(option), "expected a YAML map.", $"Example: {option} '{{min_amount: 5}}'");
    }
}
