using System.Text.Json;
using Tributary.Core.Models.Parsing;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Artifacts;

/// <summary>
/// What <c>state:</c> asks: whether a node is the one of an earlier manifest in its body, configuration, place, kept
/// descriptions, macros or contract. Configuration is compared as it was settled, a body by what it renders to where that is known.
/// </summary>
internal sealed class StateComparison(ParsedProject project, EarlierManifest earlier)
{
    /// <summary>Keys of configuration whose change is no change of the node: where it lies is compared apart, the rest is talk.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "alias", "schema", "database", "tags", "group", "access", "enabled", "target_schema", "target_database" };

    private readonly ChangedMacros macros = new(project, earlier);
    private readonly RenderedBodies rendered = new(project, earlier);

    /// <summary>Answers one check of the words that dbt knows.</summary>
    public bool Is(string id, string check)
    {
        var then = earlier.Find(id);
        if (check == "new") return then is null;
        if (check == "old") return then is not null;
        if (Entries.Find(project, id) is not { } now) return false;
        return check == "unmodified" ? !IsModified(id, then, now) : check == "modified" ? IsModified(id, then, now) : IsModifiedIn(check["modified.".Length..], id, then, now);
    }

    private bool IsModified(string id, JsonElement? then, JinjaDict now) =>
        then is not { } old
        || (id.StartsWith("source.", StringComparison.Ordinal) ? HasOtherSource(old, now)
            : project.Find(id) is null ? HasOtherEntry(old, now)
            : HasOtherText(id, old, now) || HasOtherConfig(old, now) || HasOtherPlace(old, now) || HasOtherDescriptions(old, now) || HasOtherContract(old, now)
                || !JsonFacts.Same(old.At("fqn"), Value(now, "fqn")));

    /// <summary>A text or macro that changed and still gives the same SQL changes nothing.</summary>
    private bool HasOtherText(string id, JsonElement old, JinjaDict now) =>
        (HasOtherBody(old, now) || macros.IsUsedBy(id)) && !rendered.IsSame(id, old);

    private bool IsModifiedIn(string part, string id, JsonElement? then, JinjaDict now)
    {
        if (part == "macros") return macros.IsUsedBy(id);
        if (then is not { } old) return part is not "contract" || IsTrue(now, "contract", "enforced");
        return part switch
        {
            "body" => HasOtherBody(old, now) && !rendered.IsSame(id, old),
            "configs" => HasOtherConfig(old, now),
            "relation" => HasOtherPlace(old, now),
            "persisted_descriptions" => HasOtherDescriptions(old, now),
            _ => HasOtherContract(old, now),
        };
    }

    /// <summary>A seed is its file's checksum, a unit test that of its rows, everything else its text.</summary>
    private static bool HasOtherBody(JsonElement old, JinjaDict now) =>
        Text(now, "resource_type") == "unit_test" ? old.Text("checksum") != Text(now, "checksum")
        : Text(now, "resource_type") == "seed"
            ? old.Text("checksum", "name") == "sha256" && Text(now, "checksum", "checksum") is { Length: > 0 } sum && old.Text("checksum", "checksum") != sum
            : (old.Text("raw_code") ?? old.Text("raw_sql") ?? "").Trim() != (Text(now, "raw_code") ?? "").Trim();

    private static bool HasOtherConfig(JsonElement old, JinjaDict now)
    {
        if (Value(now, "config") is not JinjaDict config) return false;
        foreach (var (key, value) in config)
        {
            // What an older or other program did not write is no change.
            if (key is string name && !Ignored.Contains(name) && old.At("config") is { } given && given.TryGetProperty(name, out var then) && !JsonFacts.Same(then, value)) return true;
        }
        return false;
    }

    /// <summary>The names that were asked for; where the target puts them is no change.</summary>
    private static bool HasOtherPlace(JsonElement old, JinjaDict now)
    {
        if (Text(now, "resource_type") == "source") return old.Text("schema") != Text(now, "schema") || old.Text("identifier") != Text(now, "identifier");
        foreach (var key in new[] { "database", "schema", "alias" })
        {
            if (old.Text("config", key) != Text(now, "config", key)) return true;
        }
        return false;
    }

    private static bool HasOtherDescriptions(JsonElement old, JinjaDict now)
    {
        if (IsTrue(now, "config", "persist_docs", "relation") && (old.Text("description") ?? "") != (Text(now, "description") ?? "")) return true;
        if (!IsTrue(now, "config", "persist_docs", "columns") || Value(now, "columns") is not JinjaDict columns) return false;
        var before = old.At("columns") is { ValueKind: JsonValueKind.Object } given ? given.EnumerateObject().Count() : 0;
        return before != columns.Count
            || columns.Any(column => (old.Text("columns", PythonText.Of(column.Key), "description") ?? "") != (column.Value is JinjaDict entry ? Text(entry, "description") ?? "" : ""));
    }

    private static bool HasOtherContract(JsonElement old, JinjaDict now)
    {
        var (was, isNow) = (old.IsTrue("contract", "enforced"), IsTrue(now, "contract", "enforced"));
        if (!was && !isNow) return false;
        if (was != isNow || Value(now, "columns") is not JinjaDict columns) return true;
        return columns.Any(column => old.Text("columns", PythonText.Of(column.Key), "data_type") != (column.Value is JinjaDict entry ? Text(entry, "data_type") : null))
            || (old.At("columns") is { } given && given.EnumerateObject().Count() != columns.Count);
    }

    private static bool HasOtherSource(JsonElement old, JinjaDict now) =>
        HasOtherPlace(old, now) || !JsonFacts.Same(old.At("fqn"), Value(now, "fqn")) || !JsonFacts.Same(old.At("quoting"), Value(now, "quoting"));

    /// <summary>Exposures, metrics and the like: any key that both have.</summary>
    private static bool HasOtherEntry(JsonElement old, JinjaDict now)
    {
        foreach (var (key, value) in now)
        {
            if (key is string name and not ("created_at" or "unrendered_config" or "tags" or "meta" or "config") && old.TryGetProperty(name, out var then) && !JsonFacts.Same(then, value)) return true;
        }
        return false;
    }

    private static object? Value(JinjaDict dict, params ReadOnlySpan<string> keys)
    {
        object? value = dict;
        foreach (var key in keys)
        {
            if (value is not JinjaDict map || !map.TryGet(key, out value)) return null;
        }
        return value;
    }

    private static string? Text(JinjaDict dict, params ReadOnlySpan<string> keys) => Value(dict, keys) as string;

    private static bool IsTrue(JinjaDict dict, params ReadOnlySpan<string> keys) => Value(dict, keys) is true;
}
