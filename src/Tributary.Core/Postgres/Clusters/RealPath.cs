namespace Tributary.Core.Postgres.Clusters;

/// <summary>One path for one folder: absolute, without a slash at its end, links followed, whether or not it exists.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    public static string Of(string path)
    {
        var rest = new Stack<string>(Parts(Path.GetFullPath(path)).Reverse());
        var real = "/";
        for (var links = 0; rest.TryPop(out var part);)
        {
            var next = Path.Combine(real, part);
            if (links < MostLinks && new FileInfo(next).LinkTarget is { } target)
            {
                links++;
                foreach (var piece in Parts(Path.GetFullPath(target, real)).Reverse()) rest.Push(piece);
                real = "/";
            }
            else
            {
                real = next;
            }
        }
        return real;
    }

    private static string[] Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
