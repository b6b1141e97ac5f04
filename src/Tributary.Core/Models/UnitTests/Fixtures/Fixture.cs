using Tributary.Core.Text;

namespace Tributary.Core.Models.UnitTests.Fixtures;

/// <summary>
/// Rows of a unit test as YAML gives them: in place, or by the name of a file below <c>tests/fixtures</c>.
/// <paramref name="Input"/> says what they stand for (<c>ref('a')</c>, <c>source('b', 'c')</c>, <c>this</c>); empty for what is expected.
/// </summary>
public sealed record Fixture(string Input, FixtureFormat Format, SourcePosition At)
{
    /// <summary>Rows of format dict; null when none are given (a seed then brings its own).</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Rows { get; init; }

    /// <summary>Text of format csv or sql.</summary>
    public string? Text { get; init; }

    /// <summary>The name of the file that holds the text.</summary>
    public string? File { get; init; }
}
