using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// Cuts a FHIR Bundle (R4 "Bundle") into its entries while it streams by: holds one entry at most, and of a resource over the
/// limit only the first part; a single value over the limit, which must be held to be passed, ends the reading. Hashes what it passed, as
/// <see cref="LineReader"/> does.
/// </summary>
public sealed class BundleReader(Stream content, int maxRecordBytes, bool isHashed = true) : IDisposable
{
    private readonly IncrementalHash? hash = isHashed ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = 10_000 });
    private int passed;
    private int read;
    private int end;
    private bool atEnd;
    private bool inEntries;
    private bool inLinks;
    private (string? Relation, string? Url) link;
    private string property = "";
    private string section = "";
    private Capture resource;
    private (string? Method, string? Url, string? LastModified, string? ETag, string? FullUrl, string? Mode) about;

    /// <summary>Bytes behind the last entry that was given.</summary>
    public long Offset { get; private set; }

    /// <summary>Line breaks before <see cref="Offset"/>.</summary>
    public long Lines { get; private set; }

    /// <summary>True when the document says that it is a Bundle.</summary>
    public bool IsBundle { get; private set; }

    /// <summary>How many entries there are on all pages, when the Bundle tells it.</summary>
    public long? Total { get; private set; }

    /// <summary>The Bundle's own links by relation (<c>self</c>, <c>next</c>), as far as they were passed: they may stand behind the entries.</summary>
    public IReadOnlyDictionary<string, string> Links => links;

    /// <summary>SHA-256 of the first <see cref="Offset"/> bytes; of a reader that does not hash, nothing.</summary>
    public byte[] HashSoFar() => hash?.GetCurrentHash() ?? [];

    /// <summary>
    /// The next entry when it is at hand; false asks for <see cref="FillAsync"/>. Throws <see cref="JsonException"/> for what is no JSON.
    /// </summary>
    public bool TryRead(out BundleEntry entry)
    {
        entry = default;
        var json = new Utf8JsonReader(buffer.AsSpan(read, end - read), atEnd, state);
        var done = false;
        while (!done && json.Read()) done = Take(ref json);
        state = json.CurrentState;
        var consumed = read + (int)json.BytesConsumed;
        if (done)
        {
            entry = new BundleEntry(LineOf(), about.Method, about.Url, about.LastModified, about.ETag) { FullUrl = about.FullUrl, Mode = about.Mode };
            Pass(consumed);
        }
        else if (resource.IsOpen && end - resource.Start > Math.Max(maxRecordBytes, Reject.MaxBytes)) Drop(consumed);
        else if (resource.Line == 0) Pass(consumed);
        read = consumed;
        return done;
    }

    /// <summary>Reads more; false at the end of the content.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        if (atEnd) return false;
        MakeRoom();
        var count = await content.ReadAsync(buffer.AsMemory(end), cancel);
        end += count;
        atEnd = count == 0;
        return true;
    }

    public void Dispose()
    {
        hash?.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    // One token; true at the end of an entry. Depth counts from 0: Bundle 0, its keys 1, entry 2, its keys 3.
    private bool Take(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.CurrentDepth is 1 or 3) property = json.GetString()!; // a property name is never null
            else if (inEntries && json.CurrentDepth == 4) section = json.GetString()!; // as above
            return false;
        }
        if (!inEntries) TakeOutside(ref json);
        else if (json.CurrentDepth == 1 && json.TokenType == JsonTokenType.EndArray) inEntries = false;
        else if (json.CurrentDepth == 2) return TakeEntry(json.TokenType);
        else if (property == "resource" && json.CurrentDepth == 3) TakeResource(ref json);
        else if (property == "fullUrl" && json.CurrentDepth == 3 && json.TokenType == JsonTokenType.String) about.FullUrl = json.GetString();
        else if (json.CurrentDepth == 4 && json.TokenType == JsonTokenType.String) TakeDetail(ref json);
        return false;
    }

    private void TakeOutside(ref Utf8JsonReader json)
    {
        if (inLinks) TakeLink(ref json);
        if (json.CurrentDepth != 1) return;
        if (property == "entry" && json.TokenType == JsonTokenType.StartArray) inEntries = true;
        else if (property == "total" && json.TokenType == JsonTokenType.Number) Total = json.TryGetInt64(out var total) ? total : null;
        else if (property == "link") inLinks = json.TokenType == JsonTokenType.StartArray;
        else if (property == "resourceType" && json.TokenType == JsonTokenType.String) IsBundle = json.ValueTextEquals("Bundle"u8);
    }

    private void TakeLink(ref Utf8JsonReader json)
    {
        if (json.CurrentDepth == 3 && json.TokenType == JsonTokenType.String)
        {
            if (property == "relation") link.Relation = json.GetString();
            else if (property == "url") link.Url = json.GetString();
        }
        else if (json.CurrentDepth == 2 && json.TokenType == JsonTokenType.EndObject)
        {
            if (link is { Relation: { } relation, Url: { } url }) links[relation] = url;
            link = default;
        }
    }

    private bool TakeEntry(JsonTokenType token)
    {
        if (token == JsonTokenType.StartObject) (resource, about, property) = (default, default, "");
        return token == JsonTokenType.EndObject;
    }

    private void TakeResource(ref Utf8JsonReader json)
    {
        var at = read + (int)json.TokenStartIndex;
        if (json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            resource = new Capture(at, Offset + at - passed, Lines + 1 + LineBreaks(at)) { End = -1 };
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) return;
        resource = resource.Closed(read + (int)json.BytesConsumed);
    }

    private void TakeDetail(ref Utf8JsonReader json)
    {
        switch (property, section)
        {
            case ("request", "method"): about.Method = json.GetString(); break;
            case ("request", "url"): about.Url = json.GetString(); break;
            case ("response", "lastModified"): about.LastModified = json.GetString(); break;
            case ("response", "etag"): about.ETag = json.GetString(); break;
            case ("search", "mode"): about.Mode = json.GetString(); break;
        }
    }

    private Line LineOf()
    {
        var length = resource.Dropped + resource.End - resource.Start;
        var bytes = resource.Head ?? buffer.AsMemory(resource.Start, resource.End - resource.Start);
        return new Line(bytes, resource.Line, resource.Offset, length, length > maxRecordBytes);
    }

    // The resource is over the limit already: keep its first part for the reject and forget the rest as it comes.
    private void Drop(int consumed)
    {
        resource = resource with
        {
            Head = resource.Head ?? buffer.AsSpan(resource.Start, Reject.MaxBytes).ToArray(),
            Dropped = resource.Dropped + consumed - resource.Start,
            Start = consumed,
        };
        Pass(consumed);
    }

    private int LineBreaks(int before) => buffer.AsSpan(passed, before - passed).Count((byte)'\n');

    private void Pass(int to)
    {
        hash?.AppendData(buffer, passed, to - passed);
        Lines += LineBreaks(to);
        Offset += to - passed;
        passed = to;
    }

    private void MakeRoom()
    {
        var kept = end - passed;
        if (kept > 3L * Math.Max(maxRecordBytes, Reject.MaxBytes)) throw new JsonException("One value is larger than the limit of a record.");
        var target = kept > buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(buffer.Length * 2) : buffer;
        buffer.AsSpan(passed, kept).CopyTo(target);
        if (target != buffer) ArrayPool<byte>.Shared.Return(buffer);
        buffer = target;
        resource = resource.Moved(passed);
        (read, end, passed) = (read - passed, kept, 0);
    }

    /// <summary>
    /// Where the entry's resource lies in the buffer (End below 0 while it is open), and what was dropped of it; line 0: none seen.
    /// </summary>
    private readonly record struct Capture(int Start, long Offset, long Line)
    {
        public int End { get; init; }

        public byte[]? Head { get; init; }

        public long Dropped { get; init; }

        public bool IsOpen => End < 0;

        public Capture Closed(int end) => this with { End = end };

        public Capture Moved(int by) => Line == 0 ? this : this with { Start = Start - by, End = IsOpen ? End : End - by };
    }
}
