using Tributary.Core.Models;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Projects.Profiles;

/// <summary>Reads the values of <c>profiles.yml</c>: Jinja in them knows <c>env_var</c> and <c>var</c>, and the target is not known yet.</summary>
internal sealed class ProfileStrings
{
    private readonly YamlValues values;

    public ProfileStrings(ProjectRequest request, Problems problems)
    {
        var settings = new ModelSettings(new ProfileTarget("default", "", "")) { Vars = request.Vars, Environment = request.Environment.Find };
        values = new YamlValues(new YamlTemplates(settings, problems).Render, problems);
    }

    public string? Text(YamlMap map, string key) => values.Text(map, key);

    /// <summary>A whole number; a text that holds one counts, as <c>env_var()</c> gives texts.</summary>
    public int Number(YamlMap map, string key, int otherwise)
    {
        if (Text(map, key) is not { Length: > 0 } text) return otherwise;
        if (int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)) return number;
        values.Problems.Add(ErrorCodes.WrongType, map.Find(key)!.At, $"'{key}' is a text of {text.Length} characters; expected a whole number");
        return otherwise;
    }

    public string Required(YamlMap map, string key, string? olderKey = null)
    {
        if ((Text(map, key) ?? (olderKey is null ? null : Text(map, olderKey))) is { Length: > 0 } text) return text;
        values.Problems.Add(ErrorCodes.MissingKey, map.At, $"the output has no '{key}'", $"Add '{key}:' to this output of profiles.yml.");
        return "";
    }

    public Problems Problems => values.Problems;
}
