using System.Text;
using System.Text.RegularExpressions;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Text.Binding;

/// <summary>Fills <c>${NAME}</c> and <c>${NAME:-default}</c> in the strings of project files; <c>$${</c> is a <c>${</c> as text.</summary>
internal sealed partial class Expansion(EnvironmentVariables environment, Problems problems)
{
    /// <summary>The text with every variable filled in, or null after a problem was added.</summary>
    public string? Expand(YamlScalar scalar)
    {
        var text = scalar.Text;
        if (!text.Contains("${", StringComparison.Ordinal)) return text;
        var result = new StringBuilder();
        var failed = false;
        for (var i = 0; i < text.Length;)
        {
            var next = text.IndexOf("${", i, StringComparison.Ordinal);
            if (next < 0) next = text.Length;
            var escaped = next > i && next < text.Length && text[next - 1] == '$';
            result.Append(text, i, next - i - (escaped ? 1 : 0));
            if (next == text.Length) break;
            var end = escaped ? next + 1 : text.IndexOf('}', next);
            if (escaped) result.Append("${");
            else if (end < 0) return Malformed(scalar);
            else if (Value(text[(next + 2)..end], scalar.At) is { } value) result.Append(value);
            else failed = true;
            i = end + 1;
        }
        return failed ? null : result.ToString();
    }

    /// <summary>The secret that <c>${NAME}</c> names, or null after a problem was added; the text itself is never shown.</summary>
    public Secret? Reveal(YamlScalar scalar, string label)
    {
        var match = Reference().Match(scalar.Text);
        if (!match.Success || match.Groups["default"].Length > 0)
        {
            problems.Add(ErrorCodes.SecretInFile, scalar.At, $"{label}: expected a secret as ${{NAME}}, found text",
                "Put the value into the environment or the secrets file, write its name here, and change the value that was in the file.");
            return null;
        }
        // ${NAME:-} may be unset: it is empty then, and refused where it is used, so that a project loads without the secrets of other targets.
        if (Value(scalar.Text[2..^1], scalar.At) is not { } value) return null;
        environment.Redactor.Learn(value);
        return new Secret(value);
    }

    private string? Value(string reference, SourcePosition at)
    {
        var split = reference.IndexOf(":-", StringComparison.Ordinal);
        var name = split < 0 ? reference : reference[..split];
        if (!Name().IsMatch(name))
        {
            problems.Add(ErrorCodes.InvalidValue, at, $"'${{{Excerpt.Of(name)}}}' does not name a variable", "Write ${NAME} or ${NAME:-default}; write $${ for the characters themselves.");
            return null;
        }
        var value = environment.Find(name);
        if (split >= 0 && string.IsNullOrEmpty(value)) return reference[(split + 2)..];
        if (value is null)
            problems.Add(ErrorCodes.VariableMissing, at, $"the variable {name} is not set", $"Set it in the environment or add {name}=… to the secrets file.");
        return value;
    }

    private string? Malformed(YamlScalar scalar)
    {
        problems.Add(ErrorCodes.InvalidValue, scalar.At, "'${' opens a variable that no '}' closes", "Write ${NAME}; write $${ for the characters themselves.");
        return null;
    }

    [GeneratedRegex(@"^\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}\z")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();
}
