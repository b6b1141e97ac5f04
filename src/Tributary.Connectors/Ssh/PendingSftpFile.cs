using System.Globalization;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Connectors.Ssh;

/// <summary>
/// A file that is gathered here, without a name, and sent when it is whole: under a hidden name beside its own, gone on with where the
/// connection breaks, compared in size, and then renamed.
/// </summary>
internal sealed class PendingSftpFile : PendingFile
{
    private readonly Sftp destination;
    private readonly string path;
    private readonly string part;
    private readonly UnseenFile file = UnseenFile.Create();

    public PendingSftpFile(Sftp destination, string path)
    {
        this.destination = destination;
        this.path = path;
        var slash = path.LastIndexOf('/') + 1;
        part = $"{path[..slash]}.{path[slash..]}.{Path.GetRandomFileName()}{Sftp.PartEnding}";
    }

    public override Stream Content => file.Content;

    /// <summary>The plain rename of the protocol makes a link and fails when the name is taken; OpenSSH's own one would replace.</summary>
    public override async Task<bool> PublishAsync(CancellationToken cancel)
    {
        if (await destination.Session(cancel).FindAsync(path) is not null) return false;
        return await SendAndRenameAsync("rename -l", cancel);
    }

    /// <summary>Publishes in place of an older file.</summary>
    public override Task ReplaceAsync(CancellationToken cancel) => SendAndRenameAsync("rename", cancel);

    private async Task<bool> SendAndRenameAsync(string rename, CancellationToken cancel)
    {
        await file.Content.FlushAsync(cancel);
        var session = destination.Session(cancel);
        try
        {
            await SendAsync(session, cancel);
            await session.RunAsync($"{rename} {Sftp.Quote(part)} {Sftp.Quote(path)}");
            return true;
        }
        catch (Exception error)
        {
            var patience = cancel.IsCancellationRequested ? new CancellationTokenSource(destination.Timeout) : null;
            using (patience) return await EndAsync(error, destination.Session(patience?.Token ?? cancel));
        }
    }

    // A rename whose answer was lost may have happened: what stands there decides.
    private async Task<bool> EndAsync(Exception error, SftpSession session)
    {
        if (error is IOException && error is not FileNotFoundException && await FindQuietlyAsync(session, path) is not null)
        {
            await session.TryAsync($"rm {Sftp.Quote(part)}");
            return false;
        }
        var explained = error is IOException && await IsFullAsync(session) ? new IOException($"{destination.Host} has no room left: the file was taken away again, and nothing stands under its name.") : error;
        await session.TryAsync($"rm {Sftp.Quote(part)}");
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(explained);
        return false;
    }

    private async Task SendAsync(SftpSession session, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (attempt == 0) await session.RunAsync([.. Folders().Select(folder => $"-mkdir {Sftp.Quote(folder)}"), $"put {Sftp.Quote(file.Path)} {Sftp.Quote(part)}"]);
                else await ResumeAsync(session);
                break;
            }
            catch (TransientException) when (attempt < destination.Resumes)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), TimeProvider.System, cancel);
            }
        }
        var sent = await session.FindAsync(part) ?? throw new TransientException($"{destination.Host} lost the file that was sent.");
        if (sent.Bytes != file.Content.Length) throw new TransientException($"{destination.Host} has {sent.Bytes} bytes of the file where {file.Content.Length} were sent.");
    }

    private async Task ResumeAsync(SftpSession session)
    {
        var there = await session.FindAsync(part);
        var verb = there is { } begun && begun.Bytes > 0 && begun.Bytes <= file.Content.Length ? "reput" : "put";
        await session.RunAsync($"{verb} {Sftp.Quote(file.Path)} {Sftp.Quote(part)}");
    }

    private async Task<bool> IsFullAsync(SftpSession session)
    {
        try
        {
            var output = await session.RunAsync($"df {Sftp.Quote(destination.Root)}");
            var numbers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return numbers.Length >= 4 && long.TryParse(numbers[2], NumberStyles.None, CultureInfo.InvariantCulture, out var left) && left < Math.Max(64, file.Content.Length / 1024);
        }
        catch (Exception error) when (error is IOException or TransientException or UserErrorException)
        {
            return false; // it does not tell
        }
    }

    private static async Task<StoredFile?> FindQuietlyAsync(SftpSession session, string path)
    {
        try
        {
            return await session.FindAsync(path);
        }
        catch (Exception error) when (error is IOException or TransientException or UserErrorException)
        {
            return null;
        }
    }

    private IEnumerable<string> Folders()
    {
        for (var slash = path.IndexOf('/', destination.Root.Length + 1); slash > 0; slash = path.IndexOf('/', slash + 1)) yield return path[..slash];
    }

    public override ValueTask DisposeAsync() => file.DisposeAsync();
}
