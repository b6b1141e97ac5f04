using System.Globalization;
using Tributary.Core.Models;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Projects.Profiles;

/// <summary>
/// Reads the values of <c>profiles.yml</c>: Jinja in them knows <c>env_var</c> (secrets too) and the command line's variables; the
/// target is not known yet. Only what is asked for is rendered, so that another output's variables need not be set.
/// </summary>
internal sealed class ProfileStrings
{
    private readonly YamlValues values;

    public ProfileStrings(ProjectRequest request, Problems problems)
    {
        var settings = new ModelSettings(new ProfileTarget("default", "", "")) { Vars = request.Vars, Environment = request.Environment.Find };
        values = new YamlValues(new YamlTemplates(settings, problems).OfProfile(), problems);
    }

    public Problems Problems => values.Problems;

    public string? Text(YamlMap map, string key) => values.Text(map, key);

    /// <summary>A whole number; a text that holds one counts, as <c>env_var()</c> gives texts.</summary>
    public int? Number(YamlMap map, string key)
    {
        if (Text(map, key) is not { Length: > 0 } text) return null;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number)) return number;
        Problems.Add(ErrorCodes.WrongType, map.PositionOf(key), $"'{key}' is a text of {text.Length} characters; expected a whole number");
        return null;
    }

    public string Required(YamlMap map, string key, string? olderKey = null)
    {
        if (Either(map, key, olderKey) is { Length: > 0 } text) return text;
        Problems.Add(ErrorCodes.MissingKey, map.At, $"the output has no '{key}'", $"Add '{key}:' to this output of profiles.yml.");
        return "";
    }

    /// <summary>The value under one of two names of the same thing.</summary>
    public string? Either(YamlMap map, string key, string? otherKey) => Text(map, key) ?? (otherKey is null ? null : Text(map, otherKey));
}
