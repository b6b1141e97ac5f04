namespace Tributary.Core.Models.Parsing.Tests;

/// <summary>
/// What makes a generic test: its macro's name and package as written, the arguments (with <c>model</c>), the column, and the
/// id of the node or source that it was declared on.
/// </summary>
internal sealed record GenericTest(string Name, string? Package, IReadOnlyDictionary<string, object?> Arguments, string? Column, string AttachedTo);
