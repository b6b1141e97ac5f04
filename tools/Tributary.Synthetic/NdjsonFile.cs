using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Synthetic.Faults;

namespace Tributary.Synthetic;

/// <summary>Writes one resource type to <c>Type.ndjson</c>, a resource a line, with faulty lines where the plan wants them.</summary>
internal sealed class NdjsonFile : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly Stream _stream;
    private readonly string _name;
    private readonly Queue<FaultPlan.Place> _faults;
    private readonly List<PlantedFault> _planted = [];
    private int _good;
    private long _offset;

    public NdjsonFile(DirectoryInfo folder, string type, bool gzip, IEnumerable<FaultPlan.Place> faults)
    {
        _name = gzip ? $"{type}.ndjson.gz" : $"{type}.ndjson";
        _faults = new Queue<FaultPlan.Place>(faults);
        Stream file = new FileStream(Path.Combine(folder.FullName, _name), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        _stream = gzip ? new BufferedStream(new GZipStream(file, CompressionLevel.Fastest), 1 << 16) : file;
        Json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        PlantFaults();
    }

    /// <summary>Where the resource of the current line is written.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>The faulty lines written so far.</summary>
    public IReadOnlyList<PlantedFault> Planted => _planted;

    /// <summary>Closes the resource and its line.</summary>
    public void EndResource()
    {
        Json.WriteEndObject();
        Json.Flush();
        Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
        Json.Reset();
        _good++;
        PlantFaults();
    }

    public void Dispose()
    {
        Json.Dispose();
        _stream.Dispose();
    }

    private void PlantFaults()
    {
        while (_faults.TryPeek(out var next) && next.AfterGoodLine <= _good)
        {
            var fault = _faults.Dequeue();
            _planted.Add(new PlantedFault(_name, _good + _planted.Count + 1, _offset, fault.Kind));
            Write(fault.Bytes);
        }
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        _stream.Write(line);
        _stream.WriteByte((byte)'\n');
        _offset += line.Length + 1;
    }
}
