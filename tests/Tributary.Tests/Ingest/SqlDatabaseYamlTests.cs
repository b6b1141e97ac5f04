using Tributary.Connectors;
using Tributary.Core.Ingest;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Ingest;

public sealed class SqlDatabaseYamlTests
{
    private const string Head = "kind: sql_database\nhost: localhost\ndatabase: pps\nuser: reader\n";

    [Theory]
    [InlineData("streams: { a: { table: a, query: select 1 } }", "table: expected either table or query")]
    [InlineData("streams: { a: { cursor: at, table: a } }", "key: a cursor needs a key")]
    [InlineData("streams: { a: { query: 'select :x' } }", "query: :x is no parameter")]
    [InlineData("streams: { a: { query: 'select 1', parameters: { x: y } } }", "query: nothing uses :x")]
    [InlineData("streams: { a: { query: 'select 1', keys: { query: select 1 } } }", "query: nothing uses :keys")]
    [InlineData("streams: { a: { table: a, parameters: { x: y } } }", "parameters: only a query has places")]
    [InlineData("streams: { a: { query: 'select :keys', parameters: { keys: y } } }", "the name keys stands for")]
    [InlineData("streams: { a: { table: a..b } }", "table: expected a name")]
    [InlineData("streams: { a: { query: 'select :keys', keys: { query: select 1, batch: 0 } } }", "batch: expected 1 to 100000")]
    [InlineData("disposition: append\nstreams: [a]", "disposition: rows of a database are replaced")]
    [InlineData("tls: disable\nhosts: db.example.org\nstreams: [a]", "host: localhost is not among")]
    [InlineData("streams: {}", "expected at least one stream")]
    public void What_cannot_be_is_refused(string yaml, string message) => Assert.Contains(message, Refused(Head + yaml), StringComparison.Ordinal);

    [Fact]
    public void Another_machine_is_not_read_in_the_open() =>
        Assert.Contains("tls: without TLS", Refused("kind: sql_database\nhost: db.example.org\ntls: disable\ndatabase: pps\nuser: reader\nstreams: [a]"), StringComparison.Ordinal);

    [Fact]
    public void A_password_in_the_file_is_refused() => Assert.Contains("TRB0110", Refused(Head + "password: secret\nstreams: [a]"), StringComparison.Ordinal);

    [Fact]
    public void A_cursor_merges_and_everything_else_replaces()
    {
        var source = Read(Head + "streams:\n  a:\n  b: { table: x.b, key: id, cursor: at }\n");
        Assert.Equal([Disposition.Replace, Disposition.Merge], source.ListStreams().Select(stream => stream.Disposition));
    }

    private static string Refused(string yaml) => Assert.Throws<UserErrorException>(() => Read(yaml)).Message;

    private static Source Read(string yaml) => new Binder(new EnvironmentVariables(_ => null), new KindCatalog(typeof(SqlDatabase).Assembly))
        .Read<Source>(YamlFile.Parse(yaml, "sources/pps.yml"), new Dictionary<string, object?> { ["name"] = "pps", ["project_folder"] = "/" });
}
