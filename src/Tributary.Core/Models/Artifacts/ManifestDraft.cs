using System.Buffers;
using System.Text.Json;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Running;
using Tributary.Core.Text;

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
    private readonly ManifestBody body;

    private ManifestDraft(ParsedProject project, ArtifactHeader header)
    {
        this.project = project;
        this.header = header;
        body = ManifestCache.Find(project) ?? ManifestCache.Keep(project, WriteBody());
    }

    public static ManifestDraft Of(ParsedProject project, ArtifactHeader header) => new(project, header);

    /// <summary>Writes the file with the SQL of those nodes that were compiled, by id.</summary>
    public Task WriteAsync(Func<string, string?> compiledCode, CompiledFiles files) => AtomicFile.WriteAsync(Path.Combine(project.TargetFolder, Name), async file =>
    {
        await file.WriteAsync(Head());
        var at = 0;
        var compiled = new ArrayBufferWriter<byte>(1 << 12);
        for (var i = 0; i < body.NodeEnds.Length; i++)
        {
            await file.WriteAsync(body.Text[at..body.NodeEnds[i]]);
            at = body.NodeEnds[i];
            var node = project.Nodes[i];
            if (node.UnitTest is not null) continue;
            compiled.ResetWrittenCount();
            WriteCompiled(compiled, compiledCode(node.Id), files.Shown(node));
            await file.WriteAsync(compiled.WrittenMemory);
        }
        await file.WriteAsync(body.Text[at..body.SelectorsAt]);
        await file.WriteAsync(Selectors());
        await file.WriteAsync(body.Text[body.SelectorsAt..]);
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

    /// <summary>What differs from call to call.</summary>
    private ReadOnlyMemory<byte> Head() => Piece(json => header.Write(json, "manifest/v12", project, withProject: true));

    /// <summary>selectors.yml as it is now, in a piece that fits behind another section.</summary>
    private ReadOnlyMemory<byte> Selectors()
    {
        var piece = Piece(json => ManifestSections.WriteSelectors(json, project)).ToArray();
        piece[0] = (byte)','; // where a writer of its own began the object
        return piece;
    }

    /// <summary>An object's beginning with some properties, open at its end.</summary>
    private static ReadOnlyMemory<byte> Piece(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(1 << 12);
        using var json = new Utf8JsonWriter(text, ArtifactHeader.Form);
        json.WriteStartObject();
        write(json);
        json.Flush();
        return text.WrittenMemory;
    }

    /// <summary>All that follows from the parsed project alone, to stand behind <see cref="Head"/>.</summary>
    private ManifestBody WriteBody()
    {
        var text = new ArrayBufferWriter<byte>(1 << 20);
        using var json = new Utf8JsonWriter(text, ArtifactHeader.Form);
        json.WriteStartObject();
        var ends = WriteNodes(json, text);
        var selectorsAt = 0;
        new ManifestSections(project, header).Write(json, () =>
        {
            json.Flush();
            selectorsAt = text.WrittenCount;
        });
        json.WriteEndObject();
        json.Flush();
        var body = text.WrittenMemory.ToArray();
        body[0] = (byte)','; // the object was begun by the head
        return new ManifestBody(body, ends, selectorsAt);
    }

    private int[] WriteNodes(Utf8JsonWriter json, ArrayBufferWriter<byte> text)
    {
        var ends = new int[project.Nodes.Count];
        json.WriteStartObject("nodes");
        for (var i = 0; i < ends.Length; i++)
        {
            var node = project.Nodes[i];
            ends[i] = text.WrittenCount;
            if (node.IsUnitTest) continue; // they have a section of their own
            json.WriteStartObject(node.Id);
            PictureJson.WriteEntries(json, Entries.Of(node, project), static key => key is "compiled_path" or "raw_sql" or "created_at");
            json.WriteNumber("created_at", header.StartedAt.ToUnixTimeMilliseconds() / 1000d);
            json.Flush();
            ends[i] = text.WrittenCount;
            json.WriteEndObject();
        }
        json.WriteEndObject();
        return ends;
    }
}
