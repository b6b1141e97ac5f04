namespace Tributary.Core.Ingest;

/// <summary>Why a record could not be loaded; in the ledger as snake_case.</summary>
public enum RejectReason
{
    BadJson,
    BadUtf8,
    NulCharacter,
    OverSize,
    MissingType,
    WrongType,
    MissingId,
    BadId,
    BadVersion,
    DamagedFile,

    /// <summary>Well-formed, but PostgreSQL's jsonb cannot hold it: numbers out of range, lone surrogates, too deep.</summary>
    Refused,
}
