namespace Tributary.Core.Models.Files;

/// <summary>
/// One file of a package, read. <paramref name="Path"/> is what messages show (relative to the project); <paramref name="Folders"/>
/// are the folders between its search path and the file; <paramref name="Name"/> has no extension.
/// </summary>
public sealed record SqlFile(string Package, string Path, IReadOnlyList<string> Folders, string Name, string Text);
