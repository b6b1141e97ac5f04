using System.Text.Json;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>One Bundle of a server's answer, cut into its entries while it comes. Facts about it hold when it was read to its end.</summary>
internal sealed class FhirPage : IDisposable
{
    private readonly FhirAnswer answer;
    private readonly FhirClient client;
    private readonly Uri asked;
    private readonly int mostBytes;
    private BundleReader? reader;
    private Stream? body;

    private FhirPage(FhirAnswer answer, FhirClient client, Uri asked, int mostBytes)
    {
        this.answer = answer;
        this.client = client;
        this.asked = asked;
        this.mostBytes = mostBytes;
    }

    /// <summary>False when the server refuses the address, such as that of a page which it has forgotten.</summary>
    public bool IsGood => answer.IsGood;

    public DateTime? Date => answer.Date;

    /// <summary>True when the connection broke before the last brace.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The link to the page behind this one; null at the end. Refused when it leads elsewhere.</summary>
    public Uri? Next { get; private set; }

    /// <summary>How many entries the server says there are on all pages; null when it does not say.</summary>
    public long? Total { get; private set; }

    /// <summary>The parameters that the server says it heeded; null when it does not say.</summary>
    public IReadOnlySet<string>? Heeded { get; private set; }

    /// <summary>Asks for the page; throws what <see cref="FhirClient.SendAsync"/> throws, but does not judge the status.</summary>
    public static async Task<FhirPage> OpenAsync(FhirClient client, Uri address, long mostBytes, CancellationToken cancel) =>
        new(await client.SendAsync(new FhirRequest(address), cancel), client, address, (int)mostBytes);

    /// <summary>Throws the error of a page that the server refused.</summary>
    public async Task RequireAsync(CancellationToken cancel)
    {
        if (!answer.IsGood) throw await client.RefusedAsync(answer, asked, cancel);
    }

    /// <summary>
    /// Gives entry after entry to <paramref name="take"/> until it says that it is full (true), or the page ends or breaks (false).
    /// </summary>
    public async Task<bool> ReadAsync(Func<BundleEntry, bool> take, CancellationToken cancel)
    {
        try
        {
            if (reader is null)
            {
                if (!answer.IsJson) throw client.NotFhir(asked);
                body = await answer.BodyAsync(cancel);
                reader = new BundleReader(body, mostBytes, isHashed: false);
            }
            do
            {
                while (reader.TryRead(out var entry))
                {
                    if (take(entry)) return true;
                }
            }
            while (await reader.FillAsync(cancel));
            End(reader);
        }
        catch (Exception error) when (error is JsonException || FhirTransport.IsLost(error, cancel))
        {
            IsCut = true;
        }
        return false;
    }

    public void Dispose()
    {
        reader?.Dispose();
        body?.Dispose();
        answer.Dispose();
    }

    private void End(BundleReader bundle)
    {
        if (!bundle.IsBundle) throw client.NotFhir(asked);
        Total = bundle.Total;
        if (bundle.Links.TryGetValue("next", out var next)) Next = client.Places.Allowed(next, "the next page", asked);
        if (bundle.Links.TryGetValue("self", out var self)) Heeded = Queries.Names(QueryOf(self)).ToHashSet(StringComparer.Ordinal);
    }

    private static string QueryOf(string link) => link.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? link[(at + 1)..].Split('#')[0] : "";
}
