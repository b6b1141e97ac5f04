using System.Buffers.Binary;
using System.Text;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>
/// 128 bits that differ when any value of a row does: each value that is not NULL with its column's mark, so that a new empty column
/// changes no row. Only rows of one key are compared, so it need not withstand somebody who looks for two alike. Two lanes of multiply and fold.
/// </summary>
internal static class RowHash
{
    private const ulong A = 0x9E3779B97F4A7C15;
    private const ulong B = 0xD6E8FEB86659FD93;
    private const ulong C = 0xA0761D6478BD642F;

    public static uint IdOf(string column) => (uint)Of(Encoding.UTF8.GetBytes(column));

    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        var (left, right) = (A ^ (ulong)bytes.Length, B);
        while (bytes.Length >= 16)
        {
            var low = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
            left = Fold(left ^ low, C ^ high);
            right = Fold(right ^ high, A ^ low) + left;
            bytes = bytes[16..];
        }
        Span<byte> last = stackalloc byte[16];
        bytes.CopyTo(last);
        var first = BinaryPrimitives.ReadUInt64LittleEndian(last);
        var second = BinaryPrimitives.ReadUInt64LittleEndian(last[8..]);
        left = Fold(left ^ first, B ^ second);
        right = Fold(right ^ second, C ^ first) + left;
        return new UInt128(Fold(left ^ right, A), Fold(right ^ B, left | 1));
    }

    // The product's halves, and the factor itself, so that a factor of zero loses nothing.
    private static ulong Fold(ulong a, ulong b) => Math.BigMul(a, b, out var low) ^ low ^ a;
}
