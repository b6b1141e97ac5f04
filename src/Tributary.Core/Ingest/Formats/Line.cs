namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// A line of a file: <paramref name="Number"/> from 1, <paramref name="Offset"/> of its first byte, <paramref name="Length"/>
/// without the line break. <paramref name="Bytes"/> are valid until the reader fills again; of a line that
/// <paramref name="IsOverSize"/> they may be the first part only.
/// </summary>
public readonly record struct Line(ReadOnlyMemory<byte> Bytes, long Number, long Offset, long Length, bool IsOverSize);
