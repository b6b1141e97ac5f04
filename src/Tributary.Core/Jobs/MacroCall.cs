using Tributary.Core.Text;

namespace Tributary.Core.Jobs;

/// <summary>A macro and its arguments by name.</summary>
public sealed record MacroCall(
    SourcePosition At,
    [Description("The macro: name or package.name.")] string Macro,
    [Description("Arguments by name; {name} stands for a parameter or a key of for_each.")] IReadOnlyDictionary<string, object?>? Args = null);
