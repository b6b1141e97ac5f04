using System.CommandLine;
using System.Reflection;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>init DIR [--from EXAMPLE]</c>: a new project, small and complete, or a copy of an example.</summary>
internal static class InitCommand
{
    private const string Prefix = "NewProject/";

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The folder to make; its name becomes the project's." };
        var from = new Option<string?>("--from") { Description = "Copy an example that ships with the program, such as engage.", HelpName = "EXAMPLE" };
        var command = new Command("init", "Make a new project.");
        command.Add(folder);
        command.Add(from);
        return command.WithAction((invocation, _) =>
        {
            var target = invocation.Get(folder)!; // an argument that must be there
            if (target.Exists && target.EnumerateFileSystemInfos().Any())
                throw new UserErrorException(ErrorCodes.InvalidValue, null, $"{target.FullName} is not empty.", "Name a folder that does not exist yet.");
            if (invocation.Get(from) is { } example) CopyExample(example, target);
            else WriteNew(target);
            invocation.WriteLine($"Made {target.FullName}. Next: tributary check --project {target.Name}");
            return Task.FromResult(0);
        });
    }

    private static void WriteNew(DirectoryInfo target)
    {
        var name = Identifier.Snake(target.Name).Replace('-', '_').Replace(' ', '_');
        foreach (var resource in Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = Path.Combine(target.FullName, resource[Prefix.Length..] is "gitignore" ? ".gitignore" : resource[Prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // below the target
            using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!); // named by the assembly itself
            File.WriteAllText(path, text.ReadToEnd().Replace("__name__", name, StringComparison.Ordinal));
        }
    }

    private static void CopyExample(string example, DirectoryInfo target)
    {
        var examples = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "examples"));
        var known = examples.Exists ? examples.EnumerateDirectories().Select(folder => folder.Name).Order(StringComparer.Ordinal).ToArray() : [];
        if (!known.Contains(example)) throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no example '{example}'.", Nearest.Hint(example, known));
        Copy(new DirectoryInfo(Path.Combine(examples.FullName, example)), target);
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        to.Create();
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to.FullName, file.Name));
        foreach (var folder in from.EnumerateDirectories()) Copy(folder, to.CreateSubdirectory(folder.Name));
    }
}
