using System.Security.Cryptography;
using Tributary.Connectors;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

/// <summary>What can go wrong between us and an SFTP server, each with a real sshd: the right words, the right retry, nothing half under a name.</summary>
[Requirement("H33", "H34", "H44")]
public sealed class SftpFaultTests
{
    private const int Size = 12_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_host_key_ends_it_before_anything_is_sent()
    {
        await using var server = await TestSftp.StartAsync();
        var refused = await Assert.ThrowsAsync<UserErrorException>(() => PutAsync(server.Destination() with { HostKeys = [server.OtherKey.Public] }));
        Assert.Equal(ErrorCodes.HostKeyChanged, refused.Errors[0].Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(server.Folder));
        await PutAsync(server.Destination() with { HostKeys = [server.OtherKey.Public, server.HostKey] });
    }

    [Fact]
    public async Task A_wrong_key_and_a_wrong_user_are_refused_logins()
    {
        await using var server = await TestSftp.StartAsync();
        foreach (var wrong in new[] { server.Destination() with { Key = server.OtherKey.Private }, server.Destination() with { User = "nobody-there" } })
            Assert.Equal(ErrorCodes.LoginRefused, (await Assert.ThrowsAsync<UserErrorException>(() => PutAsync(wrong))).Errors[0].Code);
        var damaged = server.Key.Reveal().Split('\n');
        damaged[2] = damaged[2][..10];
        Assert.Equal(ErrorCodes.LoginRefused, (await Assert.ThrowsAsync<UserErrorException>(() => PutAsync(server.Destination() with { Key = new(string.Join('\n', damaged)) }))).Errors[0].Code);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_tried_again()
    {
        await using var server = await TestSftp.StartAsync();
        var error = await Assert.ThrowsAsync<TransientException>(() => PutAsync(server.Destination(TestSftp.FreePort()) with { Resumes = 0 }));
        Assert.Contains("refuses connections", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<TransientException>(() => PutAsync(server.Destination() with { Host = "not-there.invalid", Resumes = 0 }));
        Assert.Contains("its name is not known", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_drops_half_way_is_gone_on_with()
    {
        await using var server = await TestSftp.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        var dropped = 0;
        proxy.Watch = (_, sent) => Task.FromResult(sent < Size / 2 || Interlocked.Exchange(ref dropped, 1) == 1);

        var content = await PutAsync(server.Destination(proxy.Port));

        Assert.Equal(1, dropped);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(server.Folder, "in/a.csv"), Cancel)));
        Assert.Equal(["in/a.csv"], await NamesAsync(server));
        Assert.True(proxy.Sent.Values.Sum() < Size * 1.3, $"{proxy.Sent.Values.Sum()} bytes were sent for {Size}"); // the first half was not sent again
    }

    [Fact]
    public async Task A_connection_that_drops_each_time_leaves_nothing_under_the_name()
    {
        await using var server = await TestSftp.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        proxy.Watch = (_, sent) => Task.FromResult(sent < Size / 5);
        var error = await Assert.ThrowsAsync<TransientException>(() => PutAsync(server.Destination(proxy.Port) with { Resumes = 1 }));
        Assert.Contains("broke the connection off", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(server.Folder, "in/a.csv")));
        await PutAsync(server.Destination());
    }

    [Fact]
    public async Task A_server_that_freezes_is_given_up()
    {
        await using var server = await TestSftp.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        var frozen = 0;
        proxy.Watch = async (_, sent) =>
        {
            if (sent > Size / 2 && Interlocked.Exchange(ref frozen, 1) == 0) await server.SignalSessionsAsync("STOP");
            return true;
        };
        var error = await Assert.ThrowsAsync<TransientException>(() => PutAsync(server.Destination(proxy.Port) with { Resumes = 0 }));
        Assert.Contains("fell silent", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(server.Folder, "in/a.csv")));
        await server.SignalSessionsAsync("CONT");
    }

    [Fact]
    public async Task A_slow_server_is_waited_for()
    {
        await using var server = await TestSftp.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        proxy.Watch = async (_, _) =>
        {
            await Task.Delay(10, Cancel); // 3 MB a second; 12 MB take longer than the silence that is allowed
            return true;
        };
        await PutAsync(server.Destination(proxy.Port));
        Assert.Equal(["in/a.csv"], await NamesAsync(server));
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_is_named_and_not_tried_again()
    {
        await using var server = await TestSftp.StartAsync();
        File.SetUnixFileMode(server.Folder, (UnixFileMode)0b101_101_101);
        var error = await Assert.ThrowsAnyAsync<IOException>(() => PutAsync(server.Destination()));
        Assert.Contains("does not allow it", error.Message, StringComparison.Ordinal);
        File.SetUnixFileMode(server.Folder, (UnixFileMode)0b111_101_101);
        error = await Assert.ThrowsAnyAsync<IOException>(() => PutAsync(server.Destination(folder: server.Folder + "/nowhere/at/all")));
        Assert.Contains("no such file or folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_nothing_stays()
    {
        await using var server = await TestSftp.StartAsync();
        var small = Directory.CreateDirectory(Path.Combine(server.Folder, "small")).FullName;
        if (Environment.UserName != "root") Assert.Skip("Only root can mount a small disk.");
        await TestSftp.RunAsync("mount", "-t", "tmpfs", "-o", "size=4m,mode=777", "tmpfs", small);
        try
        {
            var error = await Assert.ThrowsAnyAsync<IOException>(() => PutAsync(server.Destination(folder: small)));
            Assert.Contains("no room left", error.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFiles(small, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
        }
        finally
        {
            await TestSftp.RunAsync("umount", "-l", small);
        }
    }

    [Fact]
    [Requirement("H51")]
    public async Task No_secret_stands_in_a_process_list_or_on_the_disk()
    {
        await using var server = await TestSftp.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        var seen = new List<string>();
        proxy.Watch = (_, sent) =>
        {
            if (sent > Size / 2 && seen.Count == 0)
            {
                foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
                {
                    foreach (var file in new[] { "cmdline", "environ" })
                    {
                        try
                        {
                            var text = File.ReadAllText(Path.Combine(process, file));
                            if (file == "cmdline" ? text.Contains("UserKnownHostsFile", StringComparison.Ordinal) : text.Contains("LC_ALL=C.UTF-8", StringComparison.Ordinal)) seen.Add(text);
                        }
                        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                        {
                            // It ended, or is another user's.
                        }
                    }
                }
                seen.AddRange(Directory.EnumerateFiles(Path.GetTempPath(), "tributary-*").Where(path => Path.GetFileName(path).Length < 24).Select(File.ReadAllText));
            }
            return Task.FromResult(true);
        };
        await PutAsync(server.Destination(proxy.Port));
        Assert.NotEmpty(seen);
        var lines = server.Key.Reveal().Split('\n')[1..3];
        Assert.DoesNotContain(seen, text => lines.Any(line => text.Contains(line, StringComparison.Ordinal)));
    }

    private static async Task<byte[]> PutAsync(Sftp destination)
    {
        var content = new byte[Size];
        new Random(3).NextBytes(content);
        await using var pending = await destination.BeginAsync("in/a.csv", Cancel);
        await pending.Content.WriteAsync(content, Cancel);
        Assert.True(await pending.PublishAsync(Cancel));
        return content;
    }

    private static async Task<List<string>> NamesAsync(TestSftp server)
    {
        var names = new List<string>();
        await foreach (var file in server.Destination().ListAsync(Cancel)) names.Add(file.Name);
        return names;
    }
}
