using System.Text;
using YamlDotNet.Core;

namespace Tributary.Core.Text.Yaml;

/// <summary>Reads a YAML file of a project into nodes that know their places. One document, bounded in size, depth and aliases.</summary>
public static class YamlFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads the file at <paramref name="path"/>; positions carry <paramref name="displayName"/>. Throws
    /// <see cref="UserErrorException"/>: TRB0101 no such file, TRB0102 syntax, TRB0106 a key twice, TRB0107 too large.
    /// </summary>
    public static YamlNode Read(string path, string displayName, YamlLimits? limits = null) => Read(path, displayName, limits, null);

    /// <summary>The same for files of dbt, where the last of two equal keys wins: a warning in <paramref name="warnings"/>.</summary>
    public static YamlNode Read(string path, string displayName, Problems warnings) => Read(path, displayName, null, warnings);

    /// <summary>The same for bytes that were read before; null stands for a file that does not exist.</summary>
    public static YamlNode Read(byte[]? bytes, string displayName, Problems warnings)
    {
        if (bytes is null) throw Missing(displayName);
        if (bytes.Length > YamlLimits.Default.Bytes) throw TooLarge(displayName, YamlLimits.Default.Bytes);
        return Decode(bytes, displayName, YamlLimits.Default, warnings);
    }

    private static YamlNode Read(string path, string displayName, YamlLimits? limits, Problems? warnings)
    {
        limits ??= YamlLimits.Default;
        return Decode(ReadBytes(path, displayName, limits.Bytes), displayName, limits, warnings);
    }

    private static YamlNode Decode(byte[] bytes, string displayName, YamlLimits limits, Problems? warnings)
    {
        try
        {
            return Parse(Utf8.GetString(bytes), displayName, limits, warnings);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n');
            throw new UserErrorException(ErrorCodes.YamlSyntax, new SourcePosition(displayName, line),
                "the file is not UTF-8 text", "Save it as UTF-8.");
        }
    }

    /// <summary>Reads YAML text; an empty text is one empty scalar. Throws as reading a file does.</summary>
    public static YamlNode Parse(string text, string fileName, YamlLimits? limits = null) => Parse(text, fileName, limits, null);

    private static YamlNode Parse(string text, string fileName, YamlLimits? limits, Problems? warnings)
    {
        limits ??= YamlLimits.Default;
        if (text.Length > limits.Bytes) throw TooLarge(fileName, limits.Bytes);
        if (text.StartsWith('\uFEFF')) text = text[1..];
        try
        {
            var parser = new Parser(new StringReader(text));
            return new YamlTreeReader(parser, fileName, limits, warnings).ReadFile();
        }
        catch (YamlException e)
        {
            throw Broken(e, text, fileName);
        }
    }

    private static byte[] ReadBytes(string path, string displayName, int limit)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[limit + 1L < file.Length ? limit + 1 : (int)file.Length + 1];
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count > limit ? throw TooLarge(displayName, limit) : bytes[..count];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(displayName);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UserErrorException(ErrorCodes.FileMissing, new SourcePosition(displayName),
                "the file cannot be read", "Check that it is a file and that you may read it.");
        }
    }

    private static UserErrorException Missing(string displayName) => new(ErrorCodes.FileMissing, new SourcePosition(displayName), "the file does not exist");

    private static UserErrorException TooLarge(string fileName, int limit) =>
        new(ErrorCodes.LimitExceeded, new SourcePosition(fileName), $"the file is larger than {limit / 1_000_000} MB", "Split it.");

    /// <summary>The parser names the start of the map that a tab is in; the user wants the line with the tab.</summary>
    private static UserErrorException Broken(YamlException e, string text, string fileName)
    {
        var message = $"this is not YAML: {e.Message.TrimEnd('.')}";
        var at = YamlTreeReader.Place(fileName, e.Start);
        if (!message.Contains(" tab ", StringComparison.Ordinal)) return new(ErrorCodes.YamlSyntax, at, message);
        var lines = text.Split('\n');
        var line = Array.FindIndex(lines, at.Line - 1, each => each.AsSpan().TrimStart(' ').StartsWith("\t"));
        return new(ErrorCodes.YamlSyntax, line < 0 ? at : new SourcePosition(fileName, line + 1, lines[line].IndexOf('\t') + 1), message, "Indent with spaces.");
    }
}
