namespace Tributary.Tests.Synthetic;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public DirectoryInfo Directory { get; } = System.IO.Directory.CreateTempSubdirectory("tributary-");

    public DirectoryInfo Sub(string name) => Directory.CreateSubdirectory(name);

    public void Dispose() => Directory.Delete(recursive: true);
}
