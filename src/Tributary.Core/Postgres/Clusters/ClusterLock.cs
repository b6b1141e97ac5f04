using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>The right to build, start or stop one cluster: a lock on a file, which the system takes back however its holder ends.</summary>
internal static class ClusterLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(11); // the longest start waits ten

    /// <summary>Waits for the holder; dispose to let go. <see cref="TransientException"/> when it takes longer than a start can.</summary>
    public static async Task<IDisposable> TakeAsync(ClusterFolder folder, TimeProvider clock, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        PrivateFile.Create(options, PrivateFile.OwnerOnly);
        for (var since = clock.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(folder.LockFile, options);
            }
            catch (IOException held) when (held is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (clock.GetElapsedTime(since) > Longest)
                    throw new TransientException($"Another process has held {folder.LockFile} for {Longest.TotalMinutes:0} minutes.", held);
                await Task.Delay(Pause, clock, cancel);
            }
        }
    }
}
