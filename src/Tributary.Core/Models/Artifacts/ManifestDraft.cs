using System.Buffers;
using System.Text.Json;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Running;

namespace Tributary.Core.Models.Artifacts;

/// <summary>
/// <c>manifest.json</c> (schema v12) on its way: everything that discovery knows is written to memory while the run goes on;
/// what was compiled is put in when the file is written.
/// </summary>
internal sealed class ManifestDraft
{
    public const string Name = "manifest.json";

    private readonly ParsedProject project;
    private readonly ArtifactHeader header;
    private readonly ArrayBufferWriter<byte> text = new(1 << 20);
    private readonly List<(int End, ParsedNode Node)> nodeEnds = [];

    private ManifestDraft(ParsedProject project, ArtifactHeader header)
    {
        this.project = project;
        this.header = header;
    }

    public static ManifestDraft Of(ParsedProject project, ArtifactHeader header)
    {
        var draft = new ManifestDraft(project, header);
        draft.WriteAll();
        return draft;
    }

    /// <summary>Writes the file with the SQL of those nodes that were compiled, by id.</summary>
    public Task WriteAsync(Func<string, string?> compiledCode, CompiledFiles files) => AtomicFile.WriteAsync(Path.Combine(project.TargetFolder, Name), async file =>
    {
        var at = 0;
        var compiled = new ArrayBufferWriter<byte>(1 << 12);
        foreach (var (end, node) in nodeEnds)
        {
            await file.WriteAsync(text.WrittenMemory[at..end]);
            at = end;
            compiled.ResetWrittenCount();
            WriteCompiled(compiled, compiledCode(node.Id), files.Shown(node));
            await file.WriteAsync(compiled.WrittenMemory);
        }
        await file.WriteAsync(text.WrittenMemory[at..]);
    });

    /// <summary>The last keys of a node, in a piece that fits between its other keys and its brace.</summary>
    private static void WriteCompiled(ArrayBufferWriter<byte> piece, string? code, string path)
    {
        piece.Write(","u8);
        using var json = new Utf8JsonWriter(piece, ArtifactHeader.Form);
        Property(json, piece, "compiled_path", code is null ? null : path);
        if (code is null) return;
        piece.Write(",\"compiled\":true,"u8);
        Property(json, piece, "compiled_code", code);
        piece.Write(",\"extra_ctes_injected\":true,\"extra_ctes\":[]"u8);
    }

    private static void Property(Utf8JsonWriter json, ArrayBufferWriter<byte> piece, string name, string? value)
    {
        json.WriteStringValue(name);
        json.Flush();
        json.Reset();
        piece.Write(":"u8);
        json.WriteStringValue(value);
        json.Flush();
        json.Reset();
    }

    private void WriteAll()
    {
        using var json = new Utf8JsonWriter(text, ArtifactHeader.Form);
        json.WriteStartObject();
        header.Write(json, "manifest/v12", project, withProject: true);
        WriteNodes(json);
        new ManifestSections(project, header).Write(json);
        json.WriteEndObject();
        json.Flush();
    }

    private void WriteNodes(Utf8JsonWriter json)
    {
        json.WriteStartObject("nodes");
        foreach (var node in project.Nodes)
        {
            if (node.UnitTest is not null) continue;
            json.WriteStartObject(node.Id);
            PictureJson.WriteEntries(json, Entries.Of(node, project), static key => key is "compiled_path" or "raw_sql" or "created_at");
            json.WriteNumber("created_at", header.StartedAt.ToUnixTimeMilliseconds() / 1000d);
            json.Flush();
            nodeEnds.Add((text.WrittenCount, node));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
