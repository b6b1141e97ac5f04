namespace Tributary.Synthetic.Faults;

/// <summary>One faulty line, as <c>faults.csv</c> tells it.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line's number, from 1, counting good and faulty lines.</param>
/// <param name="Offset">Where the line begins, in bytes of the uncompressed text.</param>
/// <param name="Kind">What is wrong with it: a name from <see cref="FaultyLine.Kinds"/>.</param>
public sealed record PlantedFault(string File, long Line, long Offset, string Kind);
