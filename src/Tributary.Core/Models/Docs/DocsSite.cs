using System.Text;
using Tributary.Core.Models.Artifacts;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Docs;

/// <summary>Writes what <c>docs generate</c> leaves in <c>target/</c>: <c>catalog.json</c>, the page and its data.</summary>
internal sealed class DocsSite(ParsedProject project, ArtifactHeader header)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public async Task WriteAsync(DocsRelations relations, Func<string, string?> compiledCode, bool alsoStatic)
    {
        await new CatalogFile(project, header).WriteAsync(relations);
        var data = new MemoryStream();
        data.Write("window.docsData = "u8);
        new DocsData(project, header, relations, compiledCode).Write(data);
        data.Write(";\n"u8);
        await WriteAsync(DocsPage.DataName, data.GetBuffer().AsMemory(0, (int)data.Length));
        await WriteAsync(DocsPage.Name, Utf8.GetBytes(DocsPage.Of(project.Root.Name)));
        if (alsoStatic) await WriteAsync(DocsPage.StaticName, Utf8.GetBytes(DocsPage.Of(project.Root.Name, Utf8.GetString(data.GetBuffer(), 0, (int)data.Length))));
        foreach (var folder in project.Root.AssetPaths) CopyAssets(folder);
    }

    private Task WriteAsync(string name, ReadOnlyMemory<byte> bytes) =>
        AtomicFile.WriteAsync(Path.Combine(project.TargetFolder, name), file => file.WriteAsync(bytes).AsTask());

    /// <summary>Pictures that descriptions show lie beside the page, under the name of their folder.</summary>
    private void CopyAssets(string folder)
    {
        var from = Path.GetFullPath(folder, project.Files.Folder);
        if (!Directory.Exists(from)) return;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(project.TargetFolder, folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!); // it lies below the target folder
            File.Copy(file, to, overwrite: true);
        }
    }
}
