using Tributary.Core.Models.UnitTests.Fixtures;

namespace Tributary.Core.Models.MacroTests;

/// <summary>A macro test whose names mean something: rows by the id of what they stand for, and those that are expected, if rows are.</summary>
internal sealed record MacroTest(MacroTestDeclaration Declaration, string MacroPackage, string MacroName, IReadOnlyDictionary<string, FixtureRows> Inputs, FixtureRows? Expected);
