using System.CommandLine;

namespace Tributary.Cli.Commands;

/// <summary>The options that were given, by dbt's names for them: <c>--full-refresh</c> is <c>full_refresh</c>.</summary>
internal static class CallArguments
{
    public static IReadOnlyDictionary<string, object?> Of(Invocation invocation)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["invocation_command"] = "dbt " + string.Join(' ', invocation.Parsed.Tokens.Select(token => token.Value)),
        };
        foreach (var option in invocation.Parsed.CommandResult.Command.Options)
        {
            if (option.Name == "--vars" || invocation.Parsed.GetResult(option) is not { Implicit: false } given) continue; // variables are known apart, read as YAML
            arguments[option.Name.TrimStart('-').Replace('-', '_')] = option.ValueType == typeof(bool)
                ? given.Tokens.Count == 0 || given.Tokens[0].Value != "false"
                : Words(option, [.. given.Tokens.Select(token => token.Value)]);
        }
        return arguments;
    }

    private static object? Words(Option option, List<object?> words) => option.ValueType.IsArray || words.Count != 1 ? words : words[0];
}
