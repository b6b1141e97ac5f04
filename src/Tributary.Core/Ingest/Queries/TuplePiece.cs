using System.Buffers;

namespace Tributary.Core.Ingest.Queries;

/// <summary>Whole rows in the binary form of COPY, in a rented buffer.</summary>
internal readonly record struct TuplePiece(byte[] Buffer, int Start, int Length, long Rows, UInt128 Sum)
{
    public ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(Start, Length);

    public void Return() => ArrayPool<byte>.Shared.Return(Buffer);
}
