using System.Text.Json;

namespace Tributary.Core.Exports;

/// <summary>
/// <c>latest/&lt;export&gt;.json</c> at a destination: the newest file of an export, for those who have neither the ledger nor a list.
/// It is written after the file it names, in one piece.
/// </summary>
public sealed record LatestPointer(string Export, string Track, string Name, long Bytes, string Sha256, long Rows, DateTimeOffset AsOf)
{
    private const string Folder = "latest/";
    private const string Ending = ".json";

    /// <summary>A pointer is some hundred bytes; more is something else.</summary>
    private const int MostBytes = 16 * 1024;

    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static bool IsOne(string name) => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal);

    public static string NameOf(string export) => Folder + export + Ending;

    internal static LatestPointer Of(Delivery delivery) => new(
        delivery.Export, delivery.Track, delivery.Name, delivery.Bytes, delivery.Sha256, delivery.Rows, delivery.AsOf);

    /// <summary>Points at a delivery, unless it points at one of a later instant that stands: an export of the past does not become the latest.</summary>
    internal static async Task MoveAsync(FileDestination destination, Delivery delivery, CancellationToken cancel)
    {
        var pointer = Of(delivery);
        var old = await ReadAsync(destination, delivery.Export, cancel);
        if (old == pointer || (old?.AsOf > delivery.AsOf && await destination.FindAsync(old.Name, cancel) is not null)) return;
        await destination.ReplaceAsync(NameOf(delivery.Export), JsonSerializer.SerializeToUtf8Bytes(pointer, Form), cancel);
    }

    /// <summary>Null when there is none, or none of this form.</summary>
    public static async Task<LatestPointer?> ReadAsync(FileDestination destination, string export, CancellationToken cancel)
    {
        var name = NameOf(export);
        if (await destination.FindAsync(name, cancel) is not { Bytes: <= MostBytes } stored) return null;
        try
        {
            await using var content = await destination.OpenReadAsync(name, cancel);
            var text = new byte[stored.Bytes];
            await content.ReadExactlyAsync(text, cancel);
            return JsonSerializer.Deserialize<LatestPointer>(text, Form) is { Name: not null, Sha256: not null } pointer && FilePattern.IsSafe(pointer.Name) ? pointer : null;
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>The pointers of a destination, by export.</summary>
    public static async Task<IReadOnlyList<LatestPointer>> ListAsync(FileDestination destination, CancellationToken cancel)
    {
        var found = new List<LatestPointer>();
        await foreach (var file in destination.ListAsync(cancel))
        {
            if (IsOne(file.Name) && await ReadAsync(destination, file.Name[Folder.Length..^Ending.Length], cancel) is { } pointer) found.Add(pointer);
        }
        return found;
    }
}
