namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>How a server behaves where servers differ, or where they are wrong.</summary>
internal sealed class FhirManners
{
    public FhirPaging Paging { get; set; } = FhirPaging.Snapshot;

    /// <summary>The largest page, whatever is asked for.</summary>
    public int MostOnPage { get; set; } = 1000;

    public bool HeedsFilter { get; set; } = true;

    public bool HeedsSort { get; set; } = true;

    public bool HeedsId { get; set; } = true;

    public bool TellsSelf { get; set; } = true;

    /// <summary>Links stand behind the entries.</summary>
    public bool LinksLast { get; set; }

    public bool TellsDate { get; set; } = true;

    /// <summary>The server's clock in the Date header goes ahead of that in its data.</summary>
    public TimeSpan DateAhead { get; set; }

    /// <summary>A page token holds for so many requests.</summary>
    public int TokenRequests { get; set; } = int.MaxValue;

    public bool OffersExport { get; set; }

    public bool OffersHistory { get; set; }

    /// <summary>Deletions in the history say when they happened.</summary>
    public bool DatesTombstones { get; set; } = true;

    /// <summary>How often an export's status is asked before it is done.</summary>
    public int ExportPolls { get; set; } = 2;

    public bool ExportNeedsToken { get; set; }

    /// <summary>Every record is given twice on its page.</summary>
    public bool GivesTwice { get; set; }

    /// <summary>Put into every search answer as one more entry.</summary>
    public string? Outcome { get; set; }

    /// <summary>Put where the next link stands.</summary>
    public string? NextLink { get; set; }

    public string FhirVersion { get; set; } = "4.0.1";
}

/// <summary>How pages hang together.</summary>
public enum FhirPaging
{
    /// <summary>The order is kept when the first page is asked for; contents are those of the moment.</summary>
    Snapshot,

    /// <summary>Each page counts from the start again.</summary>
    Offset,

    /// <summary>There are no next links.</summary>
    None,
}
