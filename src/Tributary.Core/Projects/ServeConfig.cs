using System.Net;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Projects;

/// <summary>How <c>tributary serve</c> listens and what makes it look for news.</summary>
public sealed record ServeConfig(
    SourcePosition At,
    [Description("How often every source is asked for news.")][Default("5m")] TimeSpan Poll,
    [Description("How long a step of a job stays with a worker that is not heard of; it is renewed three times as often.")][Default("30s")] TimeSpan Lease,
    [Description("Address and port; default: this machine alone.")] string Listen = "127.0.0.1:8642",
    [Description("Steps of jobs that one process works on at once.")] int Slots = 2,
    [Description("Calls from outside that start a look at once, by name: POST /hooks/<name>.")] IReadOnlyDictionary<string, HookConfig>? Hooks = null) : IValidated
{
    /// <summary>What holds where <c>serve:</c> is absent.</summary>
    public static ServeConfig Default { get; } = new(new SourcePosition("tributary.yml"), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30));

    /// <summary>Throws only for what <see cref="Validate"/> refuses.</summary>
    public IPEndPoint EndPoint => IPEndPoint.Parse(Listen);

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (!IPEndPoint.TryParse(Listen, out _) || !Listen.Contains(':', StringComparison.Ordinal))
            check.Refuse("listen", $"'{Listen}' is no address with a port", "Write 127.0.0.1:8642, or 0.0.0.0:8642 for every interface.");
        if (Poll < TimeSpan.FromSeconds(1)) check.Refuse("poll", "expected 1s or more");
        if (Lease < TimeSpan.FromSeconds(1) || Lease > TimeSpan.FromHours(1)) check.Refuse("lease", "expected 1s to 1h");
        if (Slots is < 1 or > 64) check.Refuse("slots", $"{Slots} is not in 1 to 64");
        foreach (var name in (Hooks ?? new Dictionary<string, HookConfig>()).Keys.Where(name => !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')))
            check.Refuse("hooks", $"'{name}' stands in an address", "Use letters, digits, - and _ only.");
    }
}
