using System.Xml;
using System.Xml.Linq;

namespace Tributary.Core.Forms;

/// <summary>
/// Reads the XML of an XForm, which comes from outside: no DTD, no entities, nothing fetched, size, depth and number of elements bounded.
/// </summary>
internal static class XFormText
{
    public const int LargestBytes = 10_000_000;
    private const int Deepest = 64;
    private const int MostNodes = 500_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = LargestBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Throws <see cref="FormException"/>.</summary>
    public static XElement Read(byte[] bytes)
    {
        if (bytes.Length > LargestBytes) throw new FormException($"it is larger than {LargestBytes / 1_000_000} MB");
        try
        {
            using (var reader = XmlReader.Create(new MemoryStream(bytes), Settings)) Measure(reader);
            using var again = XmlReader.Create(new MemoryStream(bytes), Settings);
            return XDocument.Load(again).Root ?? throw new FormException("it is empty");
        }
        catch (XmlException error)
        {
            throw new FormException($"it is no XML that may be read (line {error.LineNumber})");
        }
    }

    /// <summary>Before anything is built of it.</summary>
    private static void Measure(XmlReader reader)
    {
        for (var nodes = 0; reader.Read(); nodes += 1 + reader.AttributeCount)
        {
            if (reader.Depth > Deepest) throw new FormException($"its elements are nested more than {Deepest} deep");
            if (nodes > MostNodes) throw new FormException($"it has more than {MostNodes} elements");
        }
    }
}
