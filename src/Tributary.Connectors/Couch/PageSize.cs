namespace Tributary.Connectors.Couch;

/// <summary>
/// How many changes to ask for at once: as many as make a page of the wanted size by what the last page showed, so that neither many small
/// documents nor few large ones hurt. A page that fails makes the next ones small.
/// </summary>
internal sealed class PageSize(long wantedBytes, int most)
{
    private const int First = 500;

    public int Rows { get; private set; } = Math.Min(First, most);

    public void Saw(long rows, long bytes)
    {
        if (rows == 0) return;
        var fitting = wantedBytes / Math.Max(1, bytes / rows);
        Rows = (int)Math.Clamp(fitting, 1, Math.Min(most, Rows * 10L));
    }

    public void Shrink() => Rows = Math.Max(1, Rows / 10);
}
