using System.Globalization;
using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Connectors.Fhir;

/// <summary>The life of an export on the server: it is asked for, waited for, and deleted when it is loaded.</summary>
internal sealed class BulkJob(FhirServer server, SourceStream stream)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly FhirClient client = server.Client;

    /// <summary>Asks for an export of what changed since a time; returns the address of its status.</summary>
    public async Task<string> BeginAsync(DateTime? since, CancellationToken cancel)
    {
        var request = new FhirRequest(AddressOf(since)) { IsAsync = true };
        using var answer = await client.SendAsync(request, cancel);
        if (answer.Status == 202 && answer.ContentLocation is { } status) return client.Places.Allowed(status, "the status of an export", request.Address).AbsoluteUri;
        if (!answer.IsGood) throw await client.RefusedAsync(answer, request.Address, cancel);
        throw server.Wrong("does not answer $export with the place where its status is told (202, Content-Location)", "Take mode: search.");
    }

    /// <summary>
    /// Waits until the export is done. Null when the server does not know it any more; throws <see cref="ExportFailedException"/> when it
    /// says that the export failed.
    /// </summary>
    public async Task<BulkManifest?> EndAsync(string status, CancellationToken cancel)
    {
        var request = new FhirRequest(client.Places.Allowed(status, "the status of an export")) { Accept = "application/json", IsJudgedByCaller = true };
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            TimeSpan? asked;
            using (var answer = await client.SendAsync(request, cancel))
            {
                if (answer.Status == 200) return await ReadAsync(answer, cancel);
                if (answer.Status is 404 or 410) return null;
                if (answer.Status != 202) throw new ExportFailedException(await client.RefusedAsync(answer, request.Address, cancel), answer.Status >= 500);
                asked = answer.RetryAfter;
            }
            await client.Transport.WaitAsync(1, asked ?? wait, cancel);
        }
    }

    /// <summary>Lets the server throw the files away; whether it does is its own affair.</summary>
    public async Task DeleteAsync(string status, CancellationToken cancel)
    {
        var request = new FhirRequest(client.Places.Allowed(status, "the status of an export")) { Method = HttpMethod.Delete, IsJudgedByCaller = true };
        try
        {
            (await client.SendAsync(request, cancel)).Dispose();
        }
        catch (TransientException)
        {
            // It is loaded all the same, and servers clean up by themselves.
        }
    }

    private Uri AddressOf(DateTime? since)
    {
        var level = server.Export.Level switch
        {
            ExportLevel.Patient => "Patient/",
            ExportLevel.Group => $"Group/{server.Export.Group}/",
            _ => "",
        };
        var query = string.Create(CultureInfo.InvariantCulture, $"_type={stream.Name}&_outputFormat=application%2Ffhir%2Bndjson");
        if (since is { } time) query += $"&_since={Queries.Instant(time - server.Overlap)}";
        if (server.Filters.TryGetValue(stream.Name, out var filter)) query += $"&_typeFilter={Uri.EscapeDataString($"{stream.Name}?{filter}")}";
        return client.Places.Below($"{level}$export?{query}");
    }

    private async Task<BulkManifest> ReadAsync(FhirAnswer answer, CancellationToken cancel)
    {
        try
        {
            using var document = await answer.JsonAsync(cancel);
            return document is not null && BulkManifest.Read(document.RootElement) is { } manifest
                ? manifest : throw server.Wrong("ends an export with something that is no manifest (transactionTime, output)", "Take mode: search.");
        }
        catch (IOException error)
        {
            throw new TransientException($"The FHIR server of the source {server.Name} was lost while it told what its export holds.", error);
        }
    }
}

/// <summary>The server says that an export failed; <paramref name="mayPass"/>: the next one may succeed.</summary>
internal sealed class ExportFailedException(UserErrorException refused, bool mayPass) : Exception(refused.Message)
{
    /// <summary>What the Runner understands.</summary>
    public Exception Explained => mayPass ? new TransientException($"An export failed. {refused.Errors[0].Message}", this) : refused;
}
