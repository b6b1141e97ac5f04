using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>
/// A model as its files declare it, before anything is compiled: its name, where it lies below <c>models/</c>, and the
/// columns that its properties list with their classes. Hand-written and generated ones alike.
/// </summary>
public sealed record DeclaredModel(
    string Name,
    string Folder,
    IReadOnlyList<GeneratedColumn> Columns,
    SourcePosition At,
    string Description = "")
{
    public static DeclaredModel Of(GeneratedModel model) =>
        new(model.Name, model.Folder, model.Columns, model.At, model.Description);
}
