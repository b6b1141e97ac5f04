using Tributary.Core.Models.UnitTests.Fixtures;

namespace Tributary.Core.Models.UnitTests;

/// <summary>
/// A unit test whose names mean something: the tested model, rows by the id of what they stand for, and what is expected.
/// The tested model's own id stands for <c>this</c>.
/// </summary>
internal sealed record UnitTest(UnitTestDeclaration Declaration, string ModelId, IReadOnlyDictionary<string, FixtureRows> Inputs, FixtureRows Expected);
