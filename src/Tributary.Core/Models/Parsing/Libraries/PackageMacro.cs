using Tributary.Jinja;
using Tributary.Jinja.Syntax;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing.Libraries;

/// <summary>
/// A macro under the name by which templates call it (a test <c>x</c> is the macro <c>test_x</c>), with its package: the one at
/// <paramref name="Index"/> of its file, which is read when the first of its macros is needed.
/// </summary>
internal sealed record PackageMacro(string Package, string Name, Template File, int Index)
{
    public string Id => $"macro.{Package}.{Name}";

    public Macro Macro => File.Macros[Index];

    public SourcePosition At => new(Macro.Position.File, Macro.Position.Line, Macro.Position.Column);

    /// <summary>The macros of one file.</summary>
    public static IEnumerable<PackageMacro> Of(string package, Template file)
    {
        for (var i = 0; i < file.Macros.Count; i++) yield return new PackageMacro(package, NameOf(file.Macros[i]), file, i);
    }

    /// <summary>The name under which a macro of this kind is found.</summary>
    private static string NameOf(Macro macro) => macro.Kind switch
    {
        MacroKind.Test => $"test_{macro.Name}",
        MacroKind.Materialization => $"materialization_{macro.Name}_{macro.Adapter}",
        _ => macro.Name,
    };
}
