using Tributary.Core.Models.UnitTests.Fixtures;

namespace Tributary.Core.Models.MacroTests;

/// <summary>What a macro test expects: one of these.</summary>
public abstract record MacroExpectation
{
    /// <summary>The text that the macro writes; blanks and line ends count as one blank unless it is to be exact.</summary>
    public sealed record Text(string Wanted, bool IsExact) : MacroExpectation;

    /// <summary>The value that it returns.</summary>
    public sealed record Value(object? Wanted) : MacroExpectation;

    /// <summary>It refuses, with these words in the message.</summary>
    public sealed record Error(string Words) : MacroExpectation;

    /// <summary>The rows that the SQL returns that it writes.</summary>
    public sealed record Rows(Fixture Wanted) : MacroExpectation;
}
