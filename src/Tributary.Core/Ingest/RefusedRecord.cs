namespace Tributary.Core.Ingest;

/// <summary>A record that the server would not take, and its SQLSTATE.</summary>
internal readonly record struct RefusedRecord(Record Record, string SqlState)
{
    /// <summary>The reject for the ledger; the server's own message may quote the data and stays out.</summary>
    public Reject ToReject() => new(
        Record.File, Record.Line, Record.Offset, Record.Bytes.Length, RejectReason.Refused,
        $"PostgreSQL refuses the document with SQLSTATE {SqlState} ({Meaning})",
        Record.Bytes[..Math.Min(Record.Bytes.Length, Reject.MaxBytes)].ToArray());

    private string Meaning => SqlState switch
    {
        "22003" => "a number out of range",
        "22P02" => "text that is no JSON, such as half of a surrogate pair",
        "22P05" => "a character that the database cannot hold",
        "54000" or "54001" => "nested too deep or too large",
        _ => "see PostgreSQL's error codes",
    };
}
