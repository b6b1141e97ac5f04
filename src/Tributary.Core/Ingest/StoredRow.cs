namespace Tributary.Core.Ingest;

/// <summary>What the raw table knows of a record without its document. A null hash (a row from before Tributary) equals nothing.</summary>
internal readonly record struct StoredRow(RecordKey Key, UInt128? Hash);
