using System.Text.Json;

namespace Tributary.Synthetic.Kotahi;

/// <summary>Writes <c>faults.json</c> while the drops are made: an object a line between the brackets of one array.</summary>
internal sealed class FaultManifest : IDisposable
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private readonly StreamWriter _text;
    private bool _isFirst = true;

    public FaultManifest(DirectoryInfo folder)
    {
        _text = new StreamWriter(Path.Combine(folder.FullName, "faults.json"));
        _text.Write('[');
    }

    public void Add(DropFault fault)
    {
        _text.Write(_isFirst ? "\n" : ",\n");
        _text.Write(JsonSerializer.Serialize(fault, Form));
        _isFirst = false;
    }

    public void Dispose()
    {
        _text.Write("\n]\n");
        _text.Dispose();
    }
}
