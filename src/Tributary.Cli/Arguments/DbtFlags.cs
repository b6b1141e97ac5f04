namespace Tributary.Cli.Arguments;

/// <summary>
/// Flags of dbt that mean nothing here (there is no Python, no log file, no telemetry): taken off the command line before it
/// is read, so that scripts keep working.
/// </summary>
internal static class DbtFlags
{
    private static readonly HashSet<string> Switches = new(StringComparer.Ordinal)
    {
        "cache-selected-only", "log-cache-events", "macro-debugging", "partial-parse-file-diff", "populate-cache", "print",
        "send-anonymous-usage-stats", "static-parser", "use-colors", "use-colors-file", "use-experimental-parser", "use-fast-test-edges",
        "introspect", "show-all-deprecations", "upload-to-artifacts-ingest-api", "inject-ephemeral-ctes", "export-saved-queries", "single-threaded",
    };

    /// <summary>Switches that only say what is so anyway.</summary>
    private static readonly HashSet<string> Usual = new(StringComparer.Ordinal)
    {
        "partial-parse", "no-fail-fast", "no-debug", "no-quiet", "no-store-failures", "no-empty", "no-warn-error", "no-full-refresh",
    };

    private static readonly HashSet<string> Values = new(StringComparer.Ordinal)
    {
        "log-file-max-bytes", "log-format-file", "log-level-file", "log-path", "partial-parse-file-path", "printer-width", "record-timing-info", "log-format",
    };

    /// <summary>The words that are left; what follows <c>--</c> is another program's.</summary>
    public static IReadOnlyList<string> Without(IReadOnlyList<string> arguments)
    {
        List<string>? left = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--") break;
            var words = Length(arguments[i]);
            if (words == 0) continue;
            left ??= [.. arguments];
            for (var word = 0; word < words && i + word < arguments.Count; word++) left[i + word] = "";
            i += words - 1;
        }
        return left is null ? arguments : [.. left.Where((word, i) => word.Length > 0 || arguments[i].Length == 0)];
    }

    /// <summary>How many words the flag takes; 0: it is none of these.</summary>
    private static int Length(string word)
    {
        if (word == "-r") return 2;
        if (!word.StartsWith("--", StringComparison.Ordinal)) return 0;
        var name = word[2..];
        if (Usual.Contains(name) || Switches.Contains(name) || (name.StartsWith("no-", StringComparison.Ordinal) && Switches.Contains(name[3..]))) return 1;
        var equals = name.IndexOf('=');
        if (equals > 0) return Values.Contains(name[..equals]) ? 1 : 0;
        return Values.Contains(name) ? 2 : 0;
    }
}
