using Tributary.Jinja;
using Tributary.Jinja.Syntax;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing.Libraries;

/// <summary>A macro under the name by which templates call it (a test <c>x</c> is the macro <c>test_x</c>), with its package.</summary>
internal sealed record PackageMacro(string Package, string Name, Macro Macro)
{
    public string Id => $"macro.{Package}.{Name}";

    public SourcePosition At => new(Macro.Position.File, Macro.Position.Line, Macro.Position.Column);

    /// <summary>The name under which a macro of this kind is found.</summary>
    public static string NameOf(Macro macro) => macro.Kind switch
    {
        MacroKind.Test => $"test_{macro.Name}",
        MacroKind.Materialization => $"materialization_{macro.Name}_{macro.Adapter}",
        _ => macro.Name,
    };
}
