using System.Text.RegularExpressions;

namespace Tributary.Tests.Architecture;

/// <summary>What is read behind the back of <c>ProjectReads</c> is not compared by the parse cache: it would make a stale one possible.</summary>
public sealed partial class ProjectReadsTests
{
    [Fact]
    public void Parsing_reads_files_folders_and_the_environment_through_one_door()
    {
        var behind = from path in Repository.Sources("src/Tributary.Core/Models")
                     where path.StartsWith("Files/", StringComparison.Ordinal) || path.StartsWith("Parsing/", StringComparison.Ordinal) || path.StartsWith("Configs/", StringComparison.Ordinal)
                     from line in File.ReadLines(Path.Combine(Repository.Root, "src/Tributary.Core/Models", path))
                     where Reading().IsMatch(line)
                     select $"{path}: {line.Trim()}";
        Assert.Empty(behind);
    }

    [GeneratedRegex(@"(?<![\w.])(File\.(Read|Open|Exists)|Directory\.|Environment\.Get|new (FileStream|FileInfo|DirectoryInfo|StreamReader)\()")]
    private static partial Regex Reading();
}
