using Tributary.Core.Models.UnitTests;
using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Text;

namespace Tributary.Core.Models.MacroTests;

/// <summary>An entry of <c>macro_tests:</c>: called with these arguments the macro writes this text, gives this value, or refuses.</summary>
public sealed record MacroTestDeclaration(string Package, string Name, string Macro, SourcePosition At)
{
    public IReadOnlyList<string> Folders { get; init; } = [];

    public string Description { get; init; } = "";

    /// <summary>Arguments by position; text may be a template.</summary>
    public IReadOnlyList<object?> Positional { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, object?>> Named { get; init; } = [];

    /// <summary>Rows for what the macro refers to; anything else is read as it stands.</summary>
    public IReadOnlyList<Fixture> Given { get; init; } = [];

    public TestOverrides Overrides { get; init; } = TestOverrides.None;

    public required MacroExpectation Expect { get; init; }
}
