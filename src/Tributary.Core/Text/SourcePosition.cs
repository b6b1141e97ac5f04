namespace Tributary.Core.Text;

/// <summary>A place in a file of the project: path as the user knows it, line and column from 1 (0 = not known).</summary>
public readonly record struct SourcePosition(string File, int Line = 0, int Column = 0)
{
    /// <summary><c>file</c>, <c>file:line</c> or <c>file:line:column</c>, which editors make clickable.</summary>
    public override string ToString() =>
        Line == 0 ? File : Column == 0 ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
}
