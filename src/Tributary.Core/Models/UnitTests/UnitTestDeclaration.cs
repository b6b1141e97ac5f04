using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;

namespace Tributary.Core.Models.UnitTests;

/// <summary>An entry of <c>unit_tests:</c>: given these rows, the model returns those.</summary>
public sealed record UnitTestDeclaration(string Package, string Name, string Model, SourcePosition At)
{
    /// <summary>The folders of its file below the search path.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    public string Description { get; init; } = "";

    public IReadOnlyDictionary<string, object?> Config { get; init; } = EmptyMap.Instance;

    public IReadOnlyList<Fixture> Given { get; init; } = [];

    public required Fixture Expect { get; init; }

    public TestOverrides Overrides { get; init; } = TestOverrides.None;

    /// <summary>Of a model with versions: only these; empty: all but <see cref="ExcludedVersions"/>.</summary>
    public IReadOnlyList<string> IncludedVersions { get; init; } = [];

    public IReadOnlyList<string> ExcludedVersions { get; init; } = [];
}
