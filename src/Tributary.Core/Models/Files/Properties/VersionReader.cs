using System.Globalization;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files.Properties;

/// <summary>
/// Writes out the <c>versions:</c> of a model: each is a model of its own, in the file <c>name_v1</c> or the one that it names, with
/// what the model says and what the version says over it.
/// </summary>
internal sealed class VersionReader(YamlValues values)
{
    public IEnumerable<NodeProperties> Read(NodeProperties model, YamlMap map)
    {
        var versions = values.ListAt(map, "versions").OfType<YamlMap>().Select(version => (Map: version, V: Word(version))).Where(version => version.V.Length > 0).ToList();
        var latest = (map.Find("latest_version") ?? values.MapAt(map, "config")?.Find("latest_version")) is YamlScalar { IsNull: false } given
            ? given.Text
            : versions.Select(version => version.V).Order(Comparer<string>.Create(Compare)).LastOrDefault();
        if (latest is not null && !versions.Exists(version => version.V == latest))
            values.Problems.Add(ErrorCodes.UnknownName, map.PositionOf("latest_version"), $"the latest version of '{model.Name}' is said to be {latest}, which is not among its versions", Nearest.Hint(latest, [.. versions.Select(version => version.V)]));
        foreach (var (version, v) in versions)
        {
            PropertyKeys.WarnOfUnknown(version, PropertyKeys.Version, "a version", values.Problems);
            yield return One(model, version, v, latest);
        }
    }

    /// <summary>Numbers by value, words by letter.</summary>
    public static int Compare(string a, string b) =>
        double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && double.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            ? x.CompareTo(y) : string.CompareOrdinal(a, b);

    private NodeProperties One(NodeProperties model, YamlMap version, string v, string? latest) => model with
    {
        At = version.At,
        Version = v,
        LatestVersion = latest,
        FileName = values.Text(version, "defined_in") ?? $"{model.Name}_v{v}",
        Description = YamlValues.Raw(version, "description") is { Length: > 0 } own ? own : model.Description,
        DeprecationDate = values.Text(version, "deprecation_date") ?? model.DeprecationDate,
        Config = Laid(model.Config, PropertyReader.Config(version, values)),
        Columns = Columns(model.Columns, version),
        Tests = version.Find("tests") is null && version.Find("data_tests") is null ? model.Tests : TestReader.Read(version, values),
    };

    private string Word(YamlMap version)
    {
        if (version.Find("v") is YamlScalar { IsNull: false } scalar) return scalar.Text;
        values.Problems.Add(ErrorCodes.MissingKey, version.At, "a version has no 'v'", "Write '- v: 1'.");
        return "";
    }

    /// <summary>The model's columns as far as the version takes them over, then its own.</summary>
    private List<ColumnProperties> Columns(IReadOnlyList<ColumnProperties> shared, YamlMap version)
    {
        var choice = values.ListAt(version, "columns").OfType<YamlMap>().FirstOrDefault(column => column.Find("include") is not null || column.Find("exclude") is not null);
        var own = PropertyReader.Columns(version, values);
        var names = own.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var included = choice?.Find("include") is null or YamlScalar { Text: "all" or "*" } ? null : values.Texts(choice, "include");
        var excluded = choice?.Find("exclude") is null ? [] : values.Texts(choice, "exclude");
        return [.. shared.Where(column => included?.Contains(column.Name) != false && !excluded.Contains(column.Name) && !names.Contains(column.Name)), .. own];
    }

    /// <summary>Maps key by key all the way down, anything else replaced.</summary>
    private static Dictionary<string, object?> Laid(IReadOnlyDictionary<string, object?> below, IReadOnlyDictionary<string, object?> above)
    {
        var laid = new Dictionary<string, object?>(below, StringComparer.Ordinal);
        foreach (var (key, value) in above)
        {
            laid[key] = value is IReadOnlyDictionary<string, object?> over && laid.GetValueOrDefault(key) is IReadOnlyDictionary<string, object?> under ? Laid(under, over) : value;
        }
        return laid;
    }
}
