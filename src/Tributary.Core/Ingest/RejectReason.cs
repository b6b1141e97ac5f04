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

    /// <summary>A server answered with an error (OperationOutcome) where a record should stand.</summary>
    ServerOutcome,

    /// <summary>Well-formed, but PostgreSQL's jsonb cannot hold it: numbers out of range, lone surrogates, too deep.</summary>
    Refused,

    /// <summary>A value is none of its column's type.</summary>
    BadField,

    /// <summary>A value that is required is not there.</summary>
    MissingValue,

    /// <summary>Another number of fields than the header has.</summary>
    Ragged,
    StrayQuote,

    /// <summary>A quote that does not close; the lines until the next one that parses.</summary>
    UnclosedQuote,

    /// <summary>Another record of the drop has the same key and counts; a note.</summary>
    DuplicateKey,

    /// <summary>A bad value became NULL, as its column declares; a note.</summary>
    FieldNulled,

    /// <summary>Damaged JSON was mended, as its column declares; a note.</summary>
    JsonRepaired,
}
