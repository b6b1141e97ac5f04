namespace Tributary.Core.Models.Artifacts;

/// <summary>
/// The manifest without what differs from call to call; <paramref name="NodeEnds"/> are the places, one a node of the project in its
/// order, where what was compiled is put in; <paramref name="SelectorsAt"/> is the place of the selectors.
/// </summary>
internal sealed record ManifestBody(ReadOnlyMemory<byte> Text, int[] NodeEnds, int SelectorsAt);
