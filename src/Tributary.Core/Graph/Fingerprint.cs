using System.Security.Cryptography;
using System.Text;

namespace Tributary.Core.Graph;

/// <summary>
/// SHA-256 over everything that goes into a node, part by part, each with its label and length so that no two different
/// lists of parts give the same bytes. Order matters: add parts in a fixed order.
/// </summary>
public sealed class Fingerprint : IDisposable
{
    /// <summary>Changes whenever the engine would make other tables from the same input; part of every fingerprint.</summary>
    public const string EngineVersion = "1";

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public Fingerprint() => Add("engine", EngineVersion);

    public Fingerprint Add(string label, string? value)
    {
        Append(label);
        Append(value ?? "\0");
        return this;
    }

    public Fingerprint Add(string label, long value) => Add(label, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What a node upstream was when this one was built: its success id, or a stream's load number.</summary>
    public Fingerprint AddUpstream(string nodeId, long successId) => Add("upstream:" + nodeId, successId);

    /// <summary>64 lower-case hex digits; ends this fingerprint.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();

    private void Append(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
