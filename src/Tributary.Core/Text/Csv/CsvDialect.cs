namespace Tributary.Core.Text.Csv;

/// <summary>The bytes that give CSV its structure: one each, from ASCII.</summary>
public readonly record struct CsvDialect(byte Delimiter = (byte)',', byte Quote = (byte)'"')
{
    public static CsvDialect Default { get; } = new((byte)',', (byte)'"');
}
