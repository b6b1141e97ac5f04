using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Views;

/// <summary>Reads ViewDefinitions.</summary>
public static class ViewDefinitions
{
    /// <summary>One from a file; throws <see cref="UserErrorException"/> with every problem of its structure (TRB0508).</summary>
    public static ViewDefinition Read(string path, string? displayName = null) => Read(File.ReadAllBytes(path), displayName ?? path);

    /// <summary>One from JSON in UTF-8; positions carry <paramref name="file"/>.</summary>
    public static ViewDefinition Read(byte[] json, string file) => ViewReader.Read(json, file);
}
