using Tributary.Core.Graph;

namespace Tributary.Core.Privacy;

/// <summary>
/// The anonymous twin of a model: <paramref name="Of"/> is the model's name, <paramref name="Made"/> the twin's columns whose values
/// are of a mask's own making.
/// </summary>
public sealed record AnonymousTwin(string Of, GeneratedModel Model, IReadOnlySet<string> Made);
