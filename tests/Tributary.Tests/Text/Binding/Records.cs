using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Text.Binding;

public enum Mode { Disable, Prefer, VerifyFull }

public sealed record Everything(
    string Text, bool Flag, int Count, long Big, double Ratio, decimal Money, Mode Mode, TimeSpan Wait, ByteSize Size, Secret Password,
    DateOnly Day, IReadOnlyList<int> List, [OneOrMany] IReadOnlyList<string> Many, IReadOnlyDictionary<string, int> Map, Part Nested,
    object Free, YamlNode Node, [Key("other_name")] string Renamed);

public sealed record Part(string Name, SourcePosition At);

public sealed record Defaults(
    [Default("8 MB")] ByteSize Batch, [Default("[]")] IReadOnlyList<string> List,
    string? Text = null, int Threads = 4, Mode Mode = Mode.Prefer, Mode? Maybe = Mode.Disable, DateOnly? Day = null);

[Description("A record that knows few keys.")]
public sealed record Strict(
    [Description("How it is called.")] string Name, int Threads = 4, double Share = 0, bool IsOpen = false, Mode Mode = Mode.Disable, TimeSpan? Wait = null,
    ByteSize? Size = null, DateOnly? Day = null, IReadOnlyList<int>? List = null, IReadOnlyDictionary<string, int>? Map = null,
    IReadOnlyList<Part>? Parts = null, Seam? Source = null, Secret? Password = null) : IValidated
{
    public void Validate(Validation check)
    {
        if (Threads < 1) check.Refuse("threads", $"expected at least 1, found {Threads}", "Leave it out for 4.");
    }
}

public abstract record Seam;

[Kind("bulk"), Description("Files.")]
public sealed record Bulk(string Path, Secret? Password = null) : Seam;

[Kind("sql")]
public sealed record Query(string Text) : Seam;

public sealed record Drop([Given] string Name, string Path);

public abstract record Clash;

[Kind("twice")]
public sealed record ClashOne : Clash;

[Kind("twice")]
public sealed record ClashTwo : Clash;

public sealed record Tree(string Name, IReadOnlyList<Tree>? Below = null);
