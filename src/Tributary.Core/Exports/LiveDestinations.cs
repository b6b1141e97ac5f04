using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>
/// Proves with a small file of its own, which it removes again, that each destination can be written, listed and read, that nobody else
/// can read it, and that the credential of no other track reaches it.
/// </summary>
public static class LiveDestinations
{
    /// <summary>What is wrong; empty when everything is as it must be.</summary>
    public static async Task<IReadOnlyList<UserError>> CheckAsync(IReadOnlyList<Destination> destinations, CancellationToken cancel)
    {
        var found = new List<UserError>();
        var files = destinations.OfType<FileDestination>().ToList();
        var probes = new List<(FileDestination At, string Name)>();
        try
        {
            foreach (var documents in destinations.OfType<DocumentDestination>()) await TryAsync(documents, "be reached", () => documents.ReachAsync(cancel), found);
            foreach (var destination in files)
            {
                if (await TryPutAsync(destination, found, cancel) is not { } name) continue;
                probes.Add((destination, name));
                await TryReadAsync(destination, name, found, cancel);
                await TryAsync(destination, "look for what makes it unsafe", async () => found.AddRange(await destination.InspectAsync(name, cancel)), found);
            }
            foreach (var (other, name) in probes)
                foreach (var one in files.Where(one => TrackGuard.AreApart(one, other))) await ReachAsync(one, other, name, found, cancel);
        }
        finally
        {
            foreach (var (destination, name) in probes)
                await TryAsync(destination, $"remove {name} again", () => destination.RemoveAsync(name, CancellationToken.None), found);
        }
        return found;
    }

    private static async Task<string?> TryPutAsync(FileDestination destination, List<UserError> found, CancellationToken cancel)
    {
        var name = $"tributary-check-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.txt";
        var isThere = await TryAsync(destination, "be written", async () =>
        {
            await destination.CleanAsync(cancel);
            await using var pending = await destination.BeginAsync(name, cancel);
            await pending.Content.WriteAsync(Text(name), cancel);
            await pending.PublishAsync(cancel);
        }, found);
        return isThere ? name : null;
    }

    private static async Task TryReadAsync(FileDestination destination, string name, List<UserError> found, CancellationToken cancel)
    {
        await TryAsync(destination, "be listed", async () =>
        {
            await foreach (var _ in destination.ListAsync(cancel)) break;
        }, found);
        await TryAsync(destination, "be read", async () =>
        {
            await using var content = await destination.OpenReadAsync(name, cancel);
            await content.ReadExactlyAsync(new byte[Text(name).Length], cancel);
        }, found);
    }

    private static async Task ReachAsync(FileDestination one, FileDestination other, string probe, List<UserError> found, CancellationToken cancel)
    {
        IReadOnlyList<string> may = [];
        await TryAsync(one, $"be asked about '{other.Name}'", async () => may = await one.ReachAsync(other, probe, cancel), found);
        if (may.Count == 0) return;
        found.Add(new UserError(ErrorCodes.RightTooWide, one.At,
            $"The credential of destination '{one.Name}' ({TrackGuard.Words(one.Tracks)}) may {string.Join(", ", may)} at '{other.Name}' ({TrackGuard.Words(other.Tracks)}).",
            $"Narrow the policy of that credential, or that of {other.Place}, to its own bucket."));
    }

    /// <summary>What stumbles is tried once more. False after something was found.</summary>
    private static async Task<bool> TryAsync(Destination destination, string what, Func<Task> act, List<UserError> found, bool again = true)
    {
        try
        {
            await act();
            return true;
        }
        catch (TransientException) when (again)
        {
            return await TryAsync(destination, what, act, found, again: false);
        }
        catch (UserErrorException refused)
        {
            found.AddRange(refused.Errors);
            return false;
        }
        catch (Exception error) when (error is IOException or TransientException or UnauthorizedAccessException)
        {
            found.Add(new UserError(error is TransientException ? ErrorCodes.OutOfReach : ErrorCodes.RightMissing, destination.At,
                $"Destination '{destination.Name}' ({destination.Place}) could not {what}: {error.Message}"));
            return false;
        }
    }

    private static byte[] Text(string name) => Encoding.UTF8.GetBytes($"{name}: written by `tributary check --live`, which removes it. It holds no data.\n");
}
