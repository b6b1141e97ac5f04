using Tributary.Core.Text;

namespace Tributary.Core.Models.Files;

/// <summary>
/// One table of a <c>sources:</c> entry. It is a stream's raw table only when it says so (<see cref="Streams"/>,
/// <c>meta.tributary.stream: fhir.Patient</c>, or a list of those that share it); else a relation that others write.
/// </summary>
public sealed record SourceTable(string Package, string Source, string Name, SourcePosition At)
{
    /// <summary><c>source.package.source.table</c>, as in dbt's manifest.</summary>
    public string Id => $"source.{Package}.{Source}.{Name}";

    /// <summary>The folders between the search path and the file that declares it.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Package, folders, source, table: what folder configuration and selectors match.</summary>
    public IReadOnlyList<string> Fqn => [Package, .. Folders, Source, Name];

    public string? Database { get; init; }

    public required string Schema { get; init; }

    /// <summary>The table's real name.</summary>
    public required string Identifier { get; init; }

    public IReadOnlyList<string> Streams { get; init; } = [];

    public string Description { get; init; } = "";

    public string SourceDescription { get; init; } = "";

    /// <summary>Who loads it, in the user's words.</summary>
    public string Loader { get; init; } = "";

    public string? LoadedAtField { get; init; }

    /// <summary>A query that returns the time of the newest record; a template.</summary>
    public string? LoadedAtQuery { get; init; }

    /// <summary>What source and table say of freshness, weakest first; null where it is switched off.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>?> FreshnessLevels { get; init; } = [];

    /// <summary>The <c>freshness:</c> map as written, the table's over the source's.</summary>
    public IReadOnlyDictionary<string, object?> Freshness { get; init; } = EmptyMap.Instance;

    public IReadOnlyDictionary<string, object?> Config { get; init; } = EmptyMap.Instance;

    public Quoting Quoting { get; init; } = Quoting.All;

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Meta { get; init; } = EmptyMap.Instance;

    public IReadOnlyList<ColumnProperties> Columns { get; init; } = [];

    public IReadOnlyList<TestDeclaration> Tests { get; init; } = [];
}
