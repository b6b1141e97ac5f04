using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Packages;

/// <summary>
/// <c>package-lock.yml</c> in dbt's form: the packages that were decided upon, and the digest of the wishes that led to them. While
/// the digest holds, nothing is decided anew.
/// </summary>
internal sealed record PackageLock(string Digest, IReadOnlyList<PackageSpec> Packages)
{
    public const string FileName = "package-lock.yml";

    /// <summary>Null when there is no lock file.</summary>
    public static PackageLock? Read(string folder, YamlTemplates strings, Problems problems)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || YamlFile.Read(path, FileName, problems) is not YamlMap map) return null;
        var values = new YamlValues(strings.OfProfile(), problems);
        return new PackageLock(values.Text(map, "sha1_hash") ?? "", new PackageSpecReader(values).Read(map));
    }

    public static async Task WriteAsync(string folder, IReadOnlyList<PackageSpec> wishes, IEnumerable<(string Name, PinnedPackage Package)> decided, CancellationToken cancel)
    {
        var text = new StringBuilder("packages:\n");
        foreach (var (name, package) in decided)
        {
            var entries = package.LockEntry.Where(entry => entry.Value is not null).Append(KeyValuePair.Create("name", (string?)name))
                .OrderBy(entry => entry.Key, StringComparer.Ordinal);
            var lead = "  - ";
            foreach (var (key, value) in entries)
            {
                text.Append(lead).Append(key).Append(": ").Append(Scalar(value ?? "")).Append('\n');
                lead = "    ";
            }
        }
        text.Append("sha1_hash: ").Append(Scalar(DigestOf(wishes))).Append('\n');
        await File.WriteAllTextAsync(Path.Combine(folder, FileName), text.ToString(), cancel);
    }

#pragma warning disable CA5350 // The digest is dbt's; nothing rests on its strength.
    /// <summary>dbt's digest of an unordered list of wishes, so that either program goes on with the other's lock.</summary>
    public static string DigestOf(IEnumerable<PackageSpec> wishes) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Join('\n', wishes.Select(wish => wish.DigestText()).Order(StringComparer.Ordinal)))));
#pragma warning restore CA5350

    /// <summary>Plain where YAML reads the same text back, else in single quotes.</summary>
    private static string Scalar(string text)
    {
        var isPlain = text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-' or ':' or '@' or '~' or '+')
            && text[0] is not ('-' or ':' or '@') && text[^1] != ':' && new YamlScalar(default, text).ToObject() is string;
        return isPlain ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
