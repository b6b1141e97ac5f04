using System.Text.Json;
using Tributary.Core.Forms;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>
/// Where a project learns of its forms: from definitions that lie in its folder, and from the warehouse. What the warehouse said last is kept in
/// <c>.tributary/</c>, for verbs that do not ask it.
/// </summary>
internal sealed class FormFiles(ProjectFiles files, TargetChoice target, ProjectRequest request)
{
    private static readonly string[] Extensions = [".xml", ".json"];

    private FormKnowledge asked = FormKnowledge.None;

    private SourceStream? Stream => files.File.Forms is { } config ? RawTables.Streams(files).FirstOrDefault(stream => stream.Key == config.Stream) : null;

    public async Task<FormKnowledge> ReadAsync(CancellationToken cancel)
    {
        if (files.File.Forms is not { } config) return FormKnowledge.None;
        var written = OfFolder(config);
        if (Stream is not { } stream) return written;
        return written.Then(asked = request.AsksWarehouse ? await AskAsync(stream, cancel) : Remembered());
    }

    /// <summary>The warehouse knows other forms, or other versions of them, than when it was asked.</summary>
    public async Task<bool> HasNewAsync(Database database, DateTimeOffset now, CancellationToken cancel)
    {
        if (Stream is not { } stream) return false;
        var known = await AskAsync(database, stream, now, cancel);
        return known.Versions.Count != asked.Versions.Count || !known.Problems.SequenceEqual(asked.Problems);
    }

    private string MirrorPath => Path.Combine(request.Folder, ".tributary", $"forms-{target.Name}.json");

    private FormKnowledge OfFolder(FormsConfig config)
    {
        if (config.Definitions is not { } where) return FormKnowledge.None;
        var path = Path.Combine(request.Folder, where);
        string[] found = File.Exists(path) ? [path] : Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path).Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)] : [];
        if (found.Length == 0)
            throw new UserErrorException(ErrorCodes.FileMissing, config.At, $"forms: there is no definition (.xml or .json) at {where}.", "Give a file or a folder below the project's folder.");
        return found.Aggregate(FormKnowledge.None, (known, file) => known.Then(FormDocuments.OfFile(
            Path.GetRelativePath(request.Folder, file).Replace(Path.DirectorySeparatorChar, '/'), Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file))));
    }

    private async Task<FormKnowledge> AskAsync(SourceStream stream, CancellationToken cancel)
    {
        await using var database = Database.At(await Warehouse.AddressAsync(request.Folder, target.Warehouse, cancel), "tributary forms");
        await Migrations.RunAsync(database, cancel);
        var known = await AskAsync(database, stream, request.StartedAt, cancel);
        await RememberAsync(known, cancel);
        return known;
    }

    private async Task<FormKnowledge> AskAsync(Database database, SourceStream stream, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var columns = stream.Source.Load.Raw.Columns;
        var rows = new FormRows(stream.Raw, columns.Id, columns.Document, columns.Source, stream.Label);
        return await new FormStore(connection, new(files.File.Name, target.Name), stream.Key, rows).RefreshAsync(now, cancel);
    }

    private FormKnowledge Remembered()
    {
        try
        {
            return File.Exists(MirrorPath) ? JsonSerializer.Deserialize<FormKnowledge>(File.ReadAllBytes(MirrorPath)) ?? FormKnowledge.None : FormKnowledge.None;
        }
        catch (JsonException)
        {
            return FormKnowledge.None; // it is only a copy, and is written anew by the next build
        }
    }

    private async Task RememberAsync(FormKnowledge known, CancellationToken cancel)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(known);
        if (File.Exists(MirrorPath) && (await File.ReadAllBytesAsync(MirrorPath, cancel)).AsSpan().SequenceEqual(bytes)) return;
        await AtomicFile.WriteAsync(MirrorPath, file => file.WriteAsync(bytes, cancel).AsTask());
    }
}
