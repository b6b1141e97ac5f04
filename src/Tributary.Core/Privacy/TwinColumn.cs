using Tributary.Core.Graph;

namespace Tributary.Core.Privacy;

/// <summary>One column of a twin: where it comes from, its mask, its new name and the expression.</summary>
internal sealed record TwinColumn(GeneratedColumn Source, Mask Mask, string Name, string Expression)
{
    /// <summary>As a column of the twin, with those of <paramref name="keyTests"/> that the mask keeps true.</summary>
    public GeneratedColumn ToColumn(IReadOnlyList<string> keyTests) => new(
        Name, Source.Description, Mask.DataType ?? Source.DataType, ColumnClass.Safe,
        Mask.KeepsKeys ? [.. (Source.Tests ?? []).Where(keyTests.Contains)] : null);
}
