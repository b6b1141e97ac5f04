using Tributary.Connectors;
using Tributary.Connectors.Ssh;
using Tributary.Core.Exports;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Exports;

public sealed class SftpYamlTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7Zb0n3kQw5Xv1m8cYh0f2tJr9uLq4sVd6eGaPbTxWy";

    [Theory]
    [InlineData("host_keys: []", "host_keys: a server that is not known")]
    [InlineData("host_keys: ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIJ7Zb0n3kQw5Xv1m8cYh0f2tJr9uLq4sVd6eGaPbTxWy", "is no public key")]
    [InlineData("host_keys: " + Key + "\nhost: -oProxyCommand=x", "host: expected one host")]
    [InlineData("host_keys: " + Key + "\nuser: \"a b\"", "user: expected one user")]
    [InlineData("host_keys: " + Key + "\npath: in/../../etc", "path: no folder")]
    [InlineData("host_keys: " + Key + "\npath: 'in\"'", "path: no folder")]
    [InlineData("host_keys: " + Key + "\ntimeout: 1s", "timeout: expected 3s")]
    [InlineData("host_keys: " + Key + "\nkey: ${KEY}", "key: the text is no private key")]
    public void What_cannot_be_is_refused(string yaml, string message)
    {
        if (!yaml.Contains("\nhost:", StringComparison.Ordinal)) yaml += "\nhost: localhost";
        if (!yaml.Contains("\nuser:", StringComparison.Ordinal)) yaml += "\nuser: clinic";
        var binder = new Binder(new EnvironmentVariables(_ => "no key"), new KindCatalog(typeof(Sftp).Assembly));
        var given = new Dictionary<string, object?> { ["name"] = "registry", ["project_folder"] = "/" };
        var refused = Assert.Throws<UserErrorException>(() => binder.Read<Destination>(YamlFile.Parse($"kind: sftp\ntracks: pii\n{yaml}", "destinations/registry.yml"), given));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-rw-r--r--    1 65534    0               5 Nov 20 19:00 /in/a b.csv", "a b.csv 5 2026-11-20 19:00")]
    [InlineData("-rw-r--r--    ? 0        0        12000000 Dec  1 08:05 a.csv", "a.csv 12000000 2025-12-01 08:05")]
    [InlineData("-rw-------    1 0        0               7 Feb 29  2024 a.csv", "a.csv 7 2024-02-29 00:00")]
    [InlineData("drwxr-xr-x    2 0        0            4096 Nov 20 19:00 in", "in 4096 2026-11-20 19:00")]
    [InlineData("total 5", null)]
    [InlineData("sftp> ls -ln \"/in\"", null)]
    public void Listings_are_read(string line, string? expected)
    {
        var entry = SftpEntry.Parse(line, new DateTimeOffset(2026, 11, 20, 20, 0, 0, TimeSpan.Zero));
        Assert.Equal(expected, entry is null ? null : FormattableString.Invariant($"{entry.Name} {entry.Bytes} {entry.ModifiedAt:yyyy-MM-dd HH:mm}"));
    }
}
