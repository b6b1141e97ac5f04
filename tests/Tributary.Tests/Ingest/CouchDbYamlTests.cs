using Tributary.Connectors;
using Tributary.Core.Ingest;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Ingest;

[Requirement("C24", "C30")]
public sealed class CouchDbYamlTests
{
    [Fact]
    public void Databases_share_a_table_and_are_told_apart_by_host_and_name()
    {
        var problems = new Problems();

        var source = Read("url: https://couch.example.org:6984\nstreams: [medic, _users]\nraw: { table: couchdb, columns: { source: source } }", problems);

        problems.ThrowIfAny();
        Assert.Equal(["couch.example.org/medic", "couch.example.org/_users"], source!.ListStreams().Select(stream => stream.Label));
        Assert.Single(source.ListStreams().Select(stream => stream.Raw).Distinct());
    }

    [Theory]
    [InlineData("url: https://a.org\nstreams: [Medic]", "no name of a CouchDB database")]
    [InlineData("url: https://me:secret@a.org\nstreams: [medic]", "holds a user or a password")]
    [InlineData("url: http://a.org\nstreams: [medic]", "in the open")]
    [InlineData("url: nowhere\nstreams: [medic]", "expected an address")]
    [InlineData("url: https://a.org\nstreams: [medic]\nuser: me", "belong together")]
    [InlineData("url: https://a.org\nstreams: [medic]\nauth: jwt", "needs a token")]
    [InlineData("url: https://a.org\nstreams: [medic]\ndisposition: append", "needs merge")]
    [InlineData("url: https://a.org\nstreams: [medic, other]\nraw: { table: one }", "all land in")]
    public void What_cannot_be_is_refused_where_it_stands(string yaml, string expected)
    {
        var problems = new Problems();

        Read(yaml, problems);

        var wrong = Assert.Throws<UserErrorException>(problems.ThrowIfAny);
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong.Message.Replace("changed secret", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static CouchDb? Read(string yaml, Problems problems)
    {
        var kinds = new KindCatalog(typeof(CouchDb).Assembly);
        var given = new Dictionary<string, object?> { ["name"] = "cht", ["project_folder"] = "/project" };
        return (CouchDb?)new Binder(new EnvironmentVariables(_ => null, null), kinds).Bind<Source>(YamlFile.Parse("kind: couchdb\n" + yaml, "sources/cht.yml"), problems, given);
    }
}
