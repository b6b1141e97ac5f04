using System.Reflection;
using System.Text.RegularExpressions;
using Tributary.Core.Text;
using Tributary.Tests.Architecture;

namespace Tributary.Tests.Text;

public sealed partial class ErrorCodesTests
{
    private static readonly List<(string Code, string Name)> Declared =
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((string)field.GetRawConstantValue()!, field.Name))];

    [Fact]
    public void Each_code_has_one_meaning()
    {
        Assert.Equal(Declared.Count, Declared.Select(code => code.Code).Distinct().Count());
        Assert.All(Declared, code => Assert.Matches("^TRB[0-9]{4}$", code.Code));
    }

    [Fact]
    public void The_docs_explain_every_code_in_order()
    {
        var lines = File.ReadLines(Path.Combine(Repository.Root, "docs", "errors.md")).Select(line => Row().Match(line)).Where(match => match.Success).ToList();
        Assert.Equal(Declared.OrderBy(code => code.Code, StringComparer.Ordinal), lines.Select(row => (row.Groups["code"].Value, row.Groups["name"].Value)));
        Assert.All(lines, row => Assert.False(string.IsNullOrWhiteSpace(row.Groups["meaning"].Value) || string.IsNullOrWhiteSpace(row.Groups["do"].Value), row.Value));
    }

    [GeneratedRegex(@"^\| (?<code>TRB\d+) \| (?<name>\w+) \| (?<meaning>.*) \| (?<do>.*) \|$")]
    private static partial Regex Row();
}
