namespace Tributary.Core.Models.Files;

/// <summary>Everything that one package brings, read and not yet understood as templates.</summary>
public sealed record PackageFiles(DbtProject Project)
{
    public IReadOnlyList<SqlFile> Models { get; init; } = [];

    public IReadOnlyList<SqlFile> Macros { get; init; } = [];

    /// <summary>Singular tests: one query a file. Generic tests among the test paths are in <see cref="Macros"/>.</summary>
    public IReadOnlyList<SqlFile> SingularTests { get; init; } = [];

    /// <summary>Files of the snapshot paths: several <c>{% snapshot name %}</c> blocks each.</summary>
    public IReadOnlyList<SqlFile> Snapshots { get; init; } = [];

    /// <summary>Rows of unit tests (CSV) and queries that return them, below <c>fixtures</c> of the test paths.</summary>
    public IReadOnlyList<SqlFile> Fixtures { get; init; } = [];

    /// <summary>Queries that are compiled and never run.</summary>
    public IReadOnlyList<SqlFile> Analyses { get; init; } = [];

    public IReadOnlyList<SeedFile> Seeds { get; init; } = [];

    /// <summary>Markdown files, which may hold <c>{% docs name %}</c> blocks.</summary>
    public IReadOnlyList<SqlFile> Docs { get; init; } = [];

    public IReadOnlyList<PropertyFile> Properties { get; init; } = [];
}
