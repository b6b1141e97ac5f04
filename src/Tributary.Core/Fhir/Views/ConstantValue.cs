using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Core.Fhir.Paths;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Fhir.Views;

/// <summary>Reads the one <c>value[x]</c> of a constant and checks that it is what its type says (FHIR R4, "Data Types", primitive types).</summary>
internal static partial class ConstantValue
{
    private static readonly Dictionary<string, Regex?> Types = new(StringComparer.Ordinal)
    {
        ["Base64Binary"] = null,
        ["Boolean"] = null,
        ["Canonical"] = null,
        ["Code"] = null,
        ["Date"] = Date(),
        ["DateTime"] = DateTime(),
        ["Decimal"] = null,
        ["Id"] = null,
        ["Instant"] = DateTime(),
        ["Integer"] = null,
        ["Integer64"] = null,
        ["Markdown"] = null,
        ["Oid"] = null,
        ["PositiveInt"] = null,
        ["String"] = null,
        ["Time"] = Time(),
        ["UnsignedInt"] = null,
        ["Uri"] = null,
        ["Url"] = null,
        ["Uuid"] = null,
    };

    public static ViewConstant? Read(YamlMap map, string name, Problems problems)
    {
        var given = map.Keys.Where(key => key.StartsWith("value", StringComparison.Ordinal) && key.Length > 5).ToList();
        if (given.Count != 1) return Refuse(map.At, $"The constant '{name}' has {given.Count} values, expected one.", "Add valueString, valueCode or another value[x].", problems);
        var key = given[0];
        var type = key[5..];
        if (!Types.TryGetValue(type, out var form))
            return Refuse(map.PositionOf(key), $"A constant cannot be a {key}.", Nearest.Hint(key, [.. Types.Keys.Select(known => "value" + known)]), problems);
        if (map.Find(key) is not YamlScalar value || !Fits(type, value) || form?.IsMatch(value.Text) == false || value.Text.Contains('\0'))
            return Refuse(map.PositionOf(key), $"The constant '{name}' is no {type}: found {map.Find(key)?.Found}.", null, problems);
        return new ViewConstant(name, char.ToLowerInvariant(type[0]) + type[1..], value.Text, map.At);
    }

    private static bool Fits(string type, YamlScalar value) => type switch
    {
        "Boolean" => value.IsPlain && value.Text is "true" or "false",
        "Integer" or "Integer64" => Whole(value, long.MinValue),
        "PositiveInt" => Whole(value, 1),
        "UnsignedInt" => Whole(value, 0),
        "Decimal" => value.IsPlain && Number().IsMatch(value.Text),
        "Date" or "DateTime" or "Instant" => !value.IsPlain && MomentText.IsDay(value.Text),
        "Time" => !value.IsPlain && MomentText.IsClock(value.Text),
        _ => !value.IsPlain,
    };

    /// <summary>integer64 is a text in JSON.</summary>
    private static bool Whole(YamlScalar value, long least) =>
        long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least;

    private static ViewConstant? Refuse(SourcePosition at, string message, string? hint, Problems problems)
    {
        problems.Add(ErrorCodes.ViewInvalid, at, message, hint);
        return null;
    }

    [GeneratedRegex(@"^-?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,2})?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d{4}(-\d\d(-\d\d)?)?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$")]
    private static partial Regex DateTime();

    [GeneratedRegex(@"^\d\d:\d\d(:\d\d(\.\d+)?)?$")]
    private static partial Regex Time();
}
