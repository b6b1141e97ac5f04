using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Postgres.ParseTrees;

namespace Tributary.Tests.Postgres.ParseTrees;

public sealed class TreeReaderTests
{
    [Fact]
    public void Reads_nodes_lists_constants_and_nulls()
    {
        var node = Assert.IsType<TreeNode>(TreeReader.Read("{CONST :consttype 25 :args ({VAR :varno 1} <> (i 1 -2)) :constvalue 5 [ 20 0 0 0 -61 ] :location -1}"));

        Assert.Equal("CONST", node.Type);
        Assert.Equal(25u, node.Oid("consttype"));
        Assert.Equal(-1, node.Number("location"));
        Assert.Equal(new byte[] { 20, 0, 0, 0, 0xc3 }, node["constvalue"]);
        Assert.Equal("VAR", Assert.Single(node.Children()).Type);
        Assert.Null(node.List("args")[1]);
        Assert.Equal(["i", "1", "-2"], Assert.IsType<IReadOnlyList<object?>>(node.List("args")[2], exactMatch: false));
    }

    [Theory]
    [InlineData(@"{T :resname :resno :resno 2}", ":resno")]
    [InlineData(@"{T :resname \<> :resno 2}", "<>")]
    [InlineData(@"{T :resname a\ b\{\} :resno 2}", "a b{}")]
    [InlineData(@"{T :resname \""q :resno 2}", "\"q")]
    [InlineData(@"{T :resname \\ :resno 2}", "\\")]
    [InlineData(@"{T :resname """" :resno 2}", "")]
    [InlineData("{T :resname <> :resno 2}", null)]
    public void Reads_hostile_names(string tree, string? name)
    {
        var node = Assert.IsType<TreeNode>(TreeReader.Read(tree));

        Assert.Equal(name, node.Text("resname"));
        Assert.Equal(2, node.Number("resno"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{T :a}")]
    [InlineData("{T a 1}")]
    [InlineData("(1 2")]
    [InlineData("{T :a 1 [ x ]}")]
    public void Says_that_anything_else_is_no_tree(string text) => Assert.Throws<FormatException>(() => TreeReader.Read(text));

    [Fact]
    public void Any_name_written_as_the_server_writes_it_comes_back()
    {
        Prop.ForAll<NonEmptyString>(name =>
        {
            var plain = name.Get.Replace("\0", "", StringComparison.Ordinal);
            if (plain.Length == 0) return;
            var node = Assert.IsType<TreeNode>(TreeReader.Read($"{{T :resname {AsServer(plain)} :resno 2}}"));
            Assert.Equal(plain, node.Text("resname"));
            Assert.Equal(2, node.Number("resno"));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>outToken in src/backend/nodes/outfuncs.c.</summary>
    private static string AsServer(string name)
    {
        var first = name[0] is '<' or '"' || char.IsAsciiDigit(name[0]) || (name[0] is '+' or '-' && name.Length > 1) ? "\\" : "";
        return first + string.Concat(name.Select(letter => letter is ' ' or '\n' or '\t' or '(' or ')' or '{' or '}' or '\\' ? $"\\{letter}" : $"{letter}"));
    }
}
