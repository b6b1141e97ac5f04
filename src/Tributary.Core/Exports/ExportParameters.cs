using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Exports;

/// <summary>
/// The values that one delivery of an export is made for. One that is missing, empty, UNKNOWN or of another form never leaves: it would stand in
/// a name that somebody else relies on.
/// </summary>
internal sealed class ExportParameters
{
    private const string Unknown = "UNKNOWN";

    private readonly Export export;

    private ExportParameters(Export export, IReadOnlyDictionary<string, string> values)
    {
        this.export = export;
        Values = values;
    }

    /// <summary>Those that were given, as text.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>The export has parameters and nobody gave a value for any: it is not meant now.</summary>
    public bool AreAbsent => export.Parameters is { Count: > 0 } && Values.Count == 0;

    public static ExportParameters Of(Export export, IReadOnlyDictionary<string, object?> vars)
    {
        var given = (export.Parameters ?? new Dictionary<string, string>()).Keys.Where(vars.ContainsKey)
            .ToDictionary(name => name, name => Convert.ToString(vars[name], CultureInfo.InvariantCulture) ?? "", StringComparer.Ordinal);
        return new ExportParameters(export, given);
    }

    /// <summary>Why the export cannot leave with these values (TRB0612); null when it can. No value is shown but those that choose rows.</summary>
    public UserError? Refusal()
    {
        var wrong = (export.Parameters ?? new Dictionary<string, string>()).Select(parameter => (Name: parameter.Key, Why: FindWrong(parameter.Key, parameter.Value))).Where(found => found.Why is not null).ToList();
        if (wrong.Count == 0) return null;
        var chosen = string.Join(", ", (export.Filter ?? new Dictionary<string, string>()).Values.Distinct().Where(name => Values.ContainsKey(name) && FindWrong(name, export.Parameters![name]) is null).Select(name => $"{name} {Values[name]}"));
        return new UserError(ErrorCodes.ParameterMissing, export.At,
            $"Export '{export.Name}'{(chosen.Length == 0 ? "" : $" for {chosen}")} was not delivered: {string.Join("; ", wrong.Select(found => $"its parameter {found.Name} {found.Why}"))}.",
            "Give it with --var NAME=VALUE, or in a job correct the setting, the seed or the query that `for_each` and `vars` read.");
    }

    public static void Validate(Export export, Validation check)
    {
        foreach (var (name, pattern) in export.Parameters ?? new Dictionary<string, string>())
        {
            if (!Regex.IsMatch(name, "^[a-z][a-z0-9_]*$", RegexOptions.NonBacktracking) || FilePattern.IsKnown(name)) check.Refuse("parameters", $"'{Excerpt.Of(name)}' cannot be a parameter's name", "Letters, digits and _, such as year; not one that means something in `file:`.");
            if (RegexOf(pattern) is null) check.Refuse("parameters", $"the pattern of {Excerpt.Of(name)} is no regular expression", "Such as '[0-9]{4}' or '[A-Z]{2}'.");
        }
        foreach (var name in (export.Filter ?? new Dictionary<string, string>()).Values.Where(name => export.Parameters?.ContainsKey(name) != true))
            check.Refuse("filter", $"'{Excerpt.Of(name)}' is no parameter", "Declare it under `parameters:` with its pattern.");
    }

    private string? FindWrong(string name, string pattern)
    {
        if (!Values.TryGetValue(name, out var value) || string.IsNullOrWhiteSpace(value)) return "has no value";
        if (value.Contains(Unknown, StringComparison.OrdinalIgnoreCase)) return "is UNKNOWN";
        if (RegexOf(pattern)?.IsMatch(value) != true) return $"does not match {pattern}";
        return export.File.Contains($"{{{name}}}", StringComparison.Ordinal) && !FilePattern.IsPlain(value) ? "holds a character that a name cannot have" : null;
    }

    private static Regex? RegexOf(string pattern)
    {
        try
        {
            return new Regex($"^(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
