using System.Buffers.Binary;
using System.Text;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// Text and text arrays from the bytes of a CONST node: how values lie in memory on the (little-endian) server.
/// Sources: src/include/varatt.h (lengths), src/include/utils/array.h (arrays).
/// </summary>
internal static class ConstantReader
{
    private const uint Text = 25;
    private const uint TextArray = 1009;

    /// <summary>The keys that a constant names: one text, or the elements of a text array; null when it is no such constant.</summary>
    public static IReadOnlyList<string>? Keys(TreeNode constant)
    {
        if (constant.Type != "CONST" || constant["constvalue"] is not byte[] bytes) return null;
        return constant.Oid("consttype") switch
        {
            Text => [Encoding.UTF8.GetString(Body(bytes, out _))],
            TextArray => Elements(bytes),
            _ => null,
        };
    }

    private static string[]? Elements(byte[] bytes)
    {
        // 4 bytes length, then dimensions, offset of the data (0 = no NULLs inside), element type, length and lower bound.
        var body = Body(bytes, out _);
        if (body.Length < 20 || Int(body, 0) != 1 || Int(body, 4) != 0) return null;
        var elements = new string[Int(body, 12)];
        var at = 20;
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = Encoding.UTF8.GetString(Body(body[at..], out var length));
            at = (at + length + 3) & ~3;
        }
        return elements;
    }

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> value, out int length)
    {
        var isShort = (value[0] & 1) == 1;
        length = isShort ? value[0] >> 1 : Int(value, 0) >> 2;
        return value[(isShort ? 1 : 4)..length];
    }

    private static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
}
