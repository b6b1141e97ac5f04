namespace Tributary.Connectors.Fhir;

/// <summary>What the times of one page's records say: how far it reaches, and whether they came in order.</summary>
internal sealed class PageOrder(DateTime? start)
{
    // Such a record may have changed after the server had chosen and sorted what it gives. Its clock tells whole seconds.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private DateTime? settled;
    private bool hasSettled;

    /// <summary>Records of the page, known and bad ones too.</summary>
    public int Count { get; private set; }

    /// <summary>Records that had not come before.</summary>
    public int New { get; private set; }

    /// <summary>
    /// Up to here the page holds everything. A record that changed just now may stand where its former time belongs: it counts only
    /// when all of the page is that new (then the overlap covers it).
    /// </summary>
    public DateTime? Last => hasSettled ? settled : Newest;

    /// <summary>The latest time on the page.</summary>
    public DateTime? Newest { get; private set; }

    /// <summary>True when a record came before one that is older, or does not say when it was updated.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>True when a record is older than what was asked for.</summary>
    public bool IsBeforeStart { get; private set; }

    /// <summary><paramref name="answered"/> is the server's clock; null when it has none, and then every record counts.</summary>
    public void See(in Added added, DateTime? answered)
    {
        if (added.As == AddedAs.Aside) return;
        Count++;
        if (added.IsNew) New++;
        if (added.At is not { } at)
        {
            IsBroken |= added.As == AddedAs.Record;
            return;
        }
        IsBeforeStart |= at < start;
        if (!(at <= Newest)) Newest = at;
        if (answered is { } date && at > date - Fresh) return;
        hasSettled = true;
        IsBroken |= at < settled;
        settled = at;
    }
}
