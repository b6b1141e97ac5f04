using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Graph.Selecting;

/// <summary>What each selection method matches (dbt documentation, "Methods").</summary>
internal sealed class SelectionMethods(SelectionRequest request)
{
    private static readonly string[] Names =
    [
        "fqn", "tag", "group", "access", "source", "path", "file", "package", "config", "test_name", "test_type", "resource_type", "state",
        "exposure", "metric", "result", "source_status", "version", "semantic_model", "saved_query", "unit_test", "selector", "export", "name",
    ];

    private static readonly string[] ResourceTypes =
    [
        "model", "analysis", "test", "snapshot", "operation", "seed", "rpc", "sql_operation", "doc", "source", "macro", "exposure", "metric",
        "group", "saved_query", "semantic_model", "unit_test", "fixture", "function", "load", "export",
    ];

    private EarlierRun? earlier;

    public static string Known => string.Join(", ", Names);

    /// <summary>Says what a criterion's method asks of each thing; throws when there is no such method or value.</summary>
    public Func<Selectable, bool> Of(Criterion wanted)
    {
        var value = wanted.Word;
        return wanted.Method switch
        {
            "fqn" => item => item.ResourceType != "source" && QualifiedNames.Matches(item, value),
            "name" => item => NamePattern.Matches(item.Name, value),
            "tag" => item => HasTag(item, value),
            "group" => item => item.Group is { } group && NamePattern.Matches(group, value),
            "access" => item => item.ResourceType == "model" && item.Access == value,
            "path" => new PathPattern(value, request.Folder, request.RootPackage).Matches,
            "file" => item => NamePattern.Matches(Path.GetFileName(item.File), value) || NamePattern.Matches(Path.GetFileNameWithoutExtension(item.File), value),
            "package" => Package(value),
            "config" => item => ConfigValues.Matches(item, wanted),
            "test_name" => item => item.IsTest && (item.TestType == "unit" ? NamePattern.Matches(item.Name, value) : item.TestName is { } name && NamePattern.Matches(name, value)),
            "test_type" => TestType(value, wanted),
            "resource_type" => ResourceType(value, wanted),
            "source" => Source(value, wanted),
            "exposure" or "metric" or "semantic_model" or "saved_query" or "unit_test" or "export" => Named(wanted.Method, value, wanted),
            "version" => Versions.Method(value, wanted),
            "state" => State(value, wanted),
            "result" => Result(value),
            "source_status" => SourceStatus(value),
            _ => throw new UserErrorException(ErrorCodes.UnknownSelector, null,
                $"The selection '{wanted.Text}' uses the method '{wanted.Method}', which does not exist.", $"Methods: {Known}."),
        };
    }

    private static bool HasTag(Selectable item, string pattern)
    {
        foreach (var tag in item.Tags)
        {
            if (NamePattern.Matches(tag, pattern)) return true;
        }
        return false;
    }

    private Func<Selectable, bool> Package(string value)
    {
        var pattern = value == "this" ? request.RootPackage : value;
        return item => NamePattern.Matches(item.Package, pattern);
    }

    private static Func<Selectable, bool> TestType(string value, Criterion wanted) => value switch
    {
        "generic" or "schema" => item => item.TestType == "generic",
        "singular" => item => item.TestType == "singular",
        "data" => item => item.TestType is "generic" or "singular",
        "unit" => item => item.TestType == "unit",
        "macro" => item => item.TestType == "macro",
        _ => throw Invalid(wanted, "expected generic, singular, unit, data or macro"),
    };

    private static Func<Selectable, bool> ResourceType(string value, Criterion wanted) =>
        ResourceTypes.Contains(value) ? item => item.ResourceType == value : throw Invalid(wanted, $"there is no resource type '{value}'");

    private static Func<Selectable, bool> Source(string value, Criterion wanted)
    {
        string[] parts = value.Split('.') switch
        {
            [var source] => ["*", source, "*"],
            [var source, var table] => ["*", source, table],
            [var package, var source, var table] => [package, source, table],
            _ => throw Invalid(wanted, "a source is written source, source.table or package.source.table"),
        };
        return item => item.SourceName is { } source
            ? NamePattern.Matches(item.Package, parts[0]) && NamePattern.Matches(source, parts[1]) && NamePattern.Matches(item.Name, parts[2])
            : item.ResourceType == "load" && NamePattern.Matches(item.Name, parts[2] == "*" ? $"{parts[1]}.*" : $"{parts[1]}.{parts[2]}");
    }

    private static Func<Selectable, bool> Named(string type, string value, Criterion wanted)
    {
        var parts = value.Split('.');
        if (parts.Length > 2) throw Invalid(wanted, "it is written name or package.name");
        var package = parts.Length == 2 ? parts[0] : "*";
        return item => item.ResourceType == type && NamePattern.Matches(item.Package, package) && NamePattern.Matches(item.Name, parts[^1]);
    }

    private Func<Selectable, bool> State(string value, Criterion wanted)
    {
        if (!StateChecks.Contains(value)) throw Invalid(wanted, $"expected one of {string.Join(", ", StateChecks)}");
        var compare = Earlier.Compare ?? throw Missing("state:", "manifest.json");
        return item => compare(item.Id, value);
    }

    private static readonly string[] StateChecks =
    [
        "new", "old", "modified", "unmodified", "modified.body", "modified.configs", "modified.persisted_descriptions", "modified.relation",
        "modified.macros", "modified.contract",
    ];

    private Func<Selectable, bool> Result(string value)
    {
        var results = Earlier.Results ?? throw Missing("result:", "run_results.json");
        return item => results.TryGetValue(item.Id, out var status) && status == value;
    }

    private Func<Selectable, bool> SourceStatus(string value)
    {
        var fresher = Earlier.FresherSources ?? throw Missing("source_status:", "sources.json, then and now");
        return item => value == "fresher" && fresher.Contains(item.Id);
    }

    private EarlierRun Earlier => earlier ??= request.Earlier() ?? new EarlierRun();

    private static UserErrorException Missing(string method, string file) => new(ErrorCodes.UnknownSelector, null,
        $"The method {method} compares with an earlier run, and there is no {file} to compare with.", "Name its folder: --state path/to/artifacts.");

    private static UserErrorException Invalid(Criterion wanted, string expected) => new(ErrorCodes.UnknownSelector, null,
        string.Create(CultureInfo.InvariantCulture, $"The selection '{wanted.Text}' cannot be read: {expected}."), "`tributary ls` lists what can be selected.");
}
