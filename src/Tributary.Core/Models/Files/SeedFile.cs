namespace Tributary.Core.Models.Files;

/// <summary>One CSV file that becomes a table; read when it is loaded, not before.</summary>
public sealed record SeedFile(string Package, string Path, IReadOnlyList<string> Folders, string Name, string FullPath);
