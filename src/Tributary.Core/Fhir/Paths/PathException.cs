namespace Tributary.Core.Fhir.Paths;

/// <summary>An expression is wrong at a place: characters from 0, what was found and expected, what to do.</summary>
internal sealed class PathException(int offset, string message, string? hint = null) : Exception(message)
{
    public int Offset { get; } = offset;

    public string? Hint { get; } = hint;
}
