using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Privacy;

/// <summary>What the leak check of one export leaves alone.</summary>
public sealed record LeakOptions(
    [Default("[]")][Description("Columns whose findings are known false alarms.")] IReadOnlyList<LeakException> Allow,
    [Description("Text longer than this many characters counts as free text.")] int MaxText = LeakOptions.DefaultMaxText)
{
    public const int DefaultMaxText = 120;

    public static LeakOptions None { get; } = new([]);
}
