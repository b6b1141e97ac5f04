using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tributary.Core.Models.Caching;

/// <summary>One file of two parts with a checksum. Written whole or not at all; one that is broken or foreign reads as null.</summary>
internal static class CacheFile
{
    /// <summary>Changes with the layout of the file; what lies in the parts is keyed by the engine's build.</summary>
    private const ulong Magic = 0x31_45_53_52_41_50_42_54; // "TBPARSE1"

    private const int HeaderBytes = 24;

    /// <summary>What a file holds; its checksum tells it from every other one.</summary>
    public readonly record struct Content(ArraySegment<byte> First, ArraySegment<byte> Second, string Checksum);

    /// <summary>Null when there is no whole file of ours.</summary>
    public static Content? Read(string path)
    {
        if (!File.Exists(path)) return null;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic) return null;
        var split = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16));
        if (split < 0 || split > bytes.Length - HeaderBytes) return null;
        var checksum = Checksum(bytes.AsSpan(16));
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)) != checksum) return null;
        return new Content(new(bytes, HeaderBytes, (int)split), new(bytes, HeaderBytes + (int)split, bytes.Length - HeaderBytes - (int)split), Name(checksum));
    }

    /// <summary>Beside, then renamed: a reader sees the old file or the new one, and of two writers the later one stays. Gives the checksum.</summary>
    public static string Write(string path, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var bytes = new byte[HeaderBytes + first.Length + second.Length];
        first.CopyTo(bytes.AsSpan(HeaderBytes));
        second.CopyTo(bytes.AsSpan(HeaderBytes + first.Length));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), first.Length);
        var checksum = Checksum(bytes.AsSpan(16));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), checksum);
        var beside = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
        try
        {
            using (var file = new FileStream(beside, Ours()))
            {
                file.Write(bytes);
            }
            File.Move(beside, path, overwrite: true);
            return Name(checksum);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Others may not read it: it holds the texts of the project.</summary>
    private static FileStreamOptions Ours()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static string Name(ulong checksum) => checksum.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>FNV-1a over words of eight bytes: it finds what was cut off or torn, and need not withstand anyone.</summary>
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        const ulong prime = 0x100000001b3;
        var sum = 0xcbf29ce484222325UL;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes)) sum = (sum ^ word) * prime;
        foreach (var rest in bytes[(bytes.Length & ~7)..]) sum = (sum ^ rest) * prime;
        return sum ^ (sum >> 32);
    }
}
