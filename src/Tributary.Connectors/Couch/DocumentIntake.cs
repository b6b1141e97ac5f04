using System.Text.Json;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Couch;

/// <summary>
/// Puts changes into batches: the document as it came, or without what must not arrive or cannot be kept. A deletion leaves the document
/// that was known before.
/// </summary>
internal sealed class DocumentIntake(CouchDb source, string database, long rowsBefore)
{
    private const string UserPrefix = "org.couchdb.user:";

    /// <summary>What CouchDB and CHT keep in user documents to check passwords and tokens.</summary>
    private static readonly string[] UserSecrets =
    [
        "password", "password_scheme", "password_sha", "derived_key", "salt", "iterations", "pbkdf2_prf", "simple", "token_login", "oidc_token",
    ];

    private long number = rowsBefore;

    /// <summary>Rows since the copy began; one that could not be read counts too.</summary>
    public long Rows => number;

    public void Add(RecordBatch batch, in Line row, in Change change)
    {
        number++;
        if (change.Id is null)
        {
            batch.Add(RejectOf(row, RejectReason.MissingId, "the change has no id"));
            return;
        }
        if (change.Id.Length == 0 || change.Id.Contains('\0', StringComparison.Ordinal))
        {
            batch.Add(RejectOf(row, change.Id.Length == 0 ? RejectReason.BadId : RejectReason.NulCharacter, $"the id of length {change.Id.Length} is empty or holds a NUL character"));
            return;
        }
        if (row.IsOverSize)
        {
            batch.Add(RejectOf(row, RejectReason.OverSize, $"the change has {row.Length} bytes, and max_record_bytes is {source.Load.MaxRecordBytes.Bytes}"));
            return;
        }
        var key = new RecordKey(change.Id, change.Revision, null, change.IsDeleted);
        if (!change.Document.IsEmpty) batch.Add(key, Clean(change, batch), database, number, number, change.IsDeleted);
        else if (change.IsDeleted) batch.Add(key, Tombstone(change), database, number, number, keepsDocument: true);
        // A document that vanished between change and answer comes again as the change that took it away.
    }

    public void Refuse(RecordBatch batch, in Line row, string detail)
    {
        number++;
        batch.Add(RejectOf(row, RejectReason.BadJson, detail));
    }

    /// <summary>A document that is gone without a change: purged, or missing where it was compared.</summary>
    public void AddGone(RecordBatch batch, string id, string? revision = null)
    {
        number++;
        batch.Add(new RecordKey(id, revision, null, IsDeletion: true), Tombstone(new Change { Id = id, Revision = revision }), database, number, number, keepsDocument: true);
    }

    private ReadOnlySpan<byte> Clean(in Change change, RecordBatch batch)
    {
        var document = change.Document.Span;
        var isUser = database == "_users" || change.Type == "user" || change.Id!.StartsWith(UserPrefix, StringComparison.Ordinal); // checked by the caller
        var leavesAttachments = change.HasAttachments && source.Attachments == CouchAttachments.None;
        if (isUser || leavesAttachments || source.LeaveOut.Count > 0)
            document = JsonText.Without(document, [.. isUser ? UserSecrets : [], .. leavesAttachments ? ["_attachments"] : Array.Empty<string>(), .. source.LeaveOut]);
        if (JsonText.IndexOfEscapedNul(document) < 0) return document;
        var (clean, removed) = JsonText.WithoutNul(document);
        for (var i = 0; i < removed; i++) batch.LeaveOut("NUL characters");
        return clean;
    }

    private static byte[] Tombstone(in Change change)
    {
        var body = new Dictionary<string, object?> { ["_id"] = change.Id, ["_deleted"] = true };
        if (change.Revision is { } revision) body["_rev"] = revision;
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private Reject RejectOf(in Line row, RejectReason reason, string detail) => new(
        database, number, number, row.Length, reason, detail, row.Bytes[..Math.Min(row.Bytes.Length, Reject.MaxBytes)].ToArray());
}
