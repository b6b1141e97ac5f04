using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>A column that does not leave on the anonymous track, and why.</summary>
public sealed record HeldBack(string Relation, string Column, string Reason, SourcePosition At)
{
    public override string ToString() => $"{Relation}.{Column}: {Reason}";
}
