using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Tributary.Connectors.Ssh;
using Tributary.Core.Exports;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors;

/// <summary>
/// A folder of an SFTP server, by OpenSSH's own client. A file is sent under a hidden name, its size is looked at, and a rename shows it: a
/// reader never meets half of it. Only a server whose key is pinned here is spoken to.
/// </summary>
[Kind("sftp")]
[Description("A folder of an SFTP server, by OpenSSH's client.")]
public sealed record Sftp(
    SourcePosition At,
    [Given] string Name,
    [Description("Host name or address.")] string Host,
    [Description("Who logs in.")] string User,
    [Description("The server's public keys, as ssh-keyscan prints them without the host: `ssh-ed25519 AAAA…`. No other server is spoken to.")][OneOrMany] IReadOnlyList<string> HostKeys,
    [Description("The tracks that it may hold: pii, anon, metrics.")][OneOrMany] IReadOnlyList<Track> Tracks,
    [Description("A server that says nothing for so long is given up.")][Default("30s")] TimeSpan Timeout,
    [Description("What was half sent so long ago was left by somebody who died, and is removed.")][Default("1d")] TimeSpan AbandonedAfter,
    [Description("The private key, as ${NAME}: the whole text of an unencrypted key file. Absent: the keys of the running ssh-agent.")] Secret? Key = null,
    [Description("The folder on the server.")] string Path = ".",
    [Description("Port.")] int Port = 22,
    [Description("How often a file whose sending broke off is gone on with, before the whole export is tried again.")] int Resumes = 3,
    [Description("Only production targets may export to it.")] bool Production = false)
    : FileDestination(At, Name, Tracks, Production), IValidated
{
    private static readonly SearchValues<char> Patterns = SearchValues.Create("\\\"'*?[]{}");

    /// <summary>What names of files that are being sent end with.</summary>
    internal const string PartEnding = ".tributary-part";

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (!IsWord(Host)) check.Refuse("host", "expected one host name or address");
        if (!IsWord(User)) check.Refuse("user", "expected one user name");
        if (Port is < 1 or > 65_535) check.Refuse("port", "expected 1 to 65535");
        if (HostKeys.Count == 0) check.Refuse("host_keys", "a server that is not known cannot be trusted", "Ask its operator for its public key, and compare it with what `ssh-keyscan HOST` prints.");
        foreach (var key in HostKeys.Where(key => !SshKeys.IsPublic(key))) check.Refuse("host_keys", $"'{Excerpt.Of(key)}' is no public key", "Write the type and the key, such as ssh-ed25519 AAAAC3….");
        if (Key is not null && !SshKeys.IsPrivate(Key)) check.Refuse("key", "the text is no private key, or its lines are lost", "Put the whole file into the variable, with its line ends.");
        if (Path.Length == 0 || Path.StartsWith('-') || Path.Split('/').Any(part => part == "..") || !IsQuotable(Path)) check.Refuse("path", "no folder of a server", "Write it as /in/mips or in/mips.");
        if (Timeout < TimeSpan.FromSeconds(3) || Timeout > TimeSpan.FromHours(1)) check.Refuse("timeout", "expected 3s to 1h");
        if (Resumes is < 0 or > 100) check.Refuse("resumes", "expected 0 to 100");
    }

    public override string Place => $"sftp://{User}@{Host}:{Port}/{Path.Trim('/')}/";

    internal string Root => Path.Length > 1 ? Path.TrimEnd('/') : Path;

    public override async Task CleanAsync(CancellationToken cancel)
    {
        var before = TimeProvider.System.GetUtcNow() - AbandonedAfter;
        await foreach (var file in WalkAsync(isHidden: true, cancel))
        {
            if (file.Name.EndsWith(PartEnding, StringComparison.Ordinal) && file.ModifiedAt < before) await Session(cancel).TryAsync($"rm {Quote(Root + "/" + file.Name)}");
        }
    }

    public override Task<PendingFile> BeginAsync(string name, CancellationToken cancel) => Task.FromResult<PendingFile>(new PendingSftpFile(this, PathOf(name)));

    public override async Task<StoredFile?> FindAsync(string name, CancellationToken cancel) =>
        await Session(cancel).FindAsync(PathOf(name)) is { } found ? found with { Name = name } : null;

    public override async IAsyncEnumerable<StoredFile> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var files = new List<StoredFile>();
        await foreach (var file in WalkAsync(isHidden: false, cancel)) files.Add(file);
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal)) yield return file;
    }

    public override async Task<Stream> OpenReadAsync(string name, CancellationToken cancel)
    {
        var path = PathOf(name);
        var copy = UnseenFile.Create();
        try
        {
            await Session(cancel).RunAsync($"get {Quote(path)} {Quote(copy.Path)}");
            return copy.Rewind();
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    public override async Task ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        await using var pending = new PendingSftpFile(this, PathOf(name));
        await pending.Content.WriteAsync(content, cancel);
        await pending.ReplaceAsync(cancel);
    }

    public override async Task RemoveAsync(string name, CancellationToken cancel)
    {
        var path = PathOf(name);
        try
        {
            await Session(cancel).RunAsync($"rm {Quote(path)}");
        }
        catch (FileNotFoundException)
        {
            // That is fine.
        }
    }

    internal SftpSession Session(CancellationToken cancel) => new(this, cancel);

    /// <summary>A path as a batch of sftp takes it.</summary>
    internal static string Quote(string path) => $"\"{path}\"";

    // Each level of folders is one session.
    private async IAsyncEnumerable<StoredFile> WalkAsync(bool isHidden, [EnumeratorCancellation] CancellationToken cancel)
    {
        var folders = new List<string> { "" };
        while (folders.Count > 0)
        {
            var next = new List<string>();
            var listings = await Session(cancel).ListAsync([.. folders.Select(folder => Root + "/" + folder)], isHidden);
            for (var i = 0; i < folders.Count; i++)
            {
                foreach (var entry in listings[i].Where(entry => !entry.Name.StartsWith('.') || (isHidden && !entry.IsFolder)))
                {
                    if (entry.IsFolder) next.Add($"{folders[i]}{entry.Name}/");
                    else if (entry.IsFile) yield return new StoredFile(folders[i] + entry.Name, entry.Bytes, entry.ModifiedAt);
                }
            }
            folders = next;
        }
    }

    private string PathOf(string name)
    {
        foreach (var segment in name.Split('/'))
        {
            if (segment.Length == 0 || segment[0] == '.' || !IsQuotable(segment) || segment.Contains(':', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(segment) > 200)
                throw new IOException($"'{Excerpt.Of(name)}' is no name that an SFTP destination takes.");
        }
        return $"{Root}/{name}";
    }

    /// <summary>Nothing that sftp would read as a quote, an escape or a pattern, and no control character.</summary>
    private static bool IsQuotable(string text) => !text.AsSpan().ContainsAny(Patterns) && !text.Any(char.IsControl);

    private static bool IsWord(string text) => text.Length > 0 && text[0] != '-' && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '@' or '/' or '%' or '"' or '\'' or '\\');
}
