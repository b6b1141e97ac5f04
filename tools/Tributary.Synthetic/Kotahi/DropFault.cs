namespace Tributary.Synthetic.Kotahi;

/// <summary>One thing that is wrong with a drop, as <c>faults.json</c> tells it.</summary>
/// <param name="Drop">The drop's folder.</param>
/// <param name="File">The file's name in the drop.</param>
/// <param name="Scope">What is damaged: <c>file</c>, <c>record</c> or <c>json</c>.</param>
/// <param name="Kind">How.</param>
/// <param name="Outcome">What has to become of it: rejected, repaired, nulled, held, noted, or taken as if nothing were.</param>
/// <param name="Line">The line, from 1, on which the record begins; none for a file.</param>
/// <param name="Offset">The byte, from 0, at which it begins; of a packed file: of its text.</param>
/// <param name="Key">The record's key, where it has one.</param>
public sealed record DropFault(string Drop, string File, string Scope, string Kind, string Outcome, long? Line = null, long? Offset = null, string? Key = null);
