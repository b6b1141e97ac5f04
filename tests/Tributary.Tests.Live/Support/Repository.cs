namespace Tributary.Tests.Live.Support;

/// <summary>Where this checkout lies.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Tributary.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The tests run outside a checkout.");
    }
}
