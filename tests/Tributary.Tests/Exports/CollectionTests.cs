using Tributary.Connectors;
using Tributary.Connectors.Mongo;
using Tributary.Core.Exports;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Exports;

public sealed class CollectionTests
{
    private const string Good = "{kind: mongodb, connection: \"${CHARTS}\", hosts: \"*.example.net\", database: bi, server: eu-1, tracks: metrics}";

    private static readonly SourcePosition At = new("exports/x.yml", 1);

    [Fact]
    [Requirement("M1", "M3", "X11")]
    public void Reads_an_export_to_a_destination_of_documents()
    {
        var export = Read<Export>("""
            track: metrics
            relations: [monthly]
            to: charts
            collections:
              monthly:
                collection: aggregate_monthly
                key: month
                mode: append
                period: month
                indexes: [{keys: {form_id: 1, month: -1}}]
            """);
        var collection = export.Collections!["monthly"];
        Assert.Equal((CollectionMode.Append, "month", "form_id_1_month_-1"), (collection.Mode, collection.Period, collection.Indexes![0].RealName));
        var destination = Assert.IsType<MongoDb>(Read<Destination>(Good));
        Assert.Equal("mongodb://a.example.net,b.example.net/bi/", destination.Place);
        Assert.DoesNotContain("pass", destination.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key: [], collection: a")]
    [InlineData("key: a, collection: a, mode: append")]
    [InlineData("key: a, collection: a, period: a")]
    [InlineData("key: a, collection: a, indexes: [{keys: {a: 2}}]")]
    [InlineData("key: a, collection: a, indexes: [{keys: {}}]")]
    [InlineData("key: a, collection: a, unique: true")]
    public void Refuses_collections_that_cannot_be(string yaml) =>
        Assert.Throws<UserErrorException>(() => Read<Export>($"{{track: metrics, relations: a, to: charts, collections: {{a: {{{yaml}}}}}}}"));

    [Theory]
    [InlineData("server: eu-1", "server: a/b")]
    [InlineData("server: eu-1", "server: ''")]
    [InlineData("database: bi", "database: a.b")]
    [InlineData("hosts: \"*.example.net\"", "hosts: []")]
    [InlineData("connection: \"${CHARTS}\"", "connection: mongodb://a:b@c/")]
    public void Refuses_destinations_that_cannot_be(string from, string to) =>
        Assert.Throws<UserErrorException>(() => Read<Destination>(Good.Replace(from, to, StringComparison.Ordinal)));

    [Theory]
    [InlineData("mongodb://a.example.org/", "a.example.org", false)]
    [InlineData("mongodb://u:p%40x@A.example.org:27017,b:1/db?tls=true&w=1", "a.example.org b", true)]
    [InlineData("mongodb://u:p@[::1]:27017/?ssl=TRUE", "::1", true)]
    [InlineData("mongodb+srv://u:p@c.example.org/", "c.example.org", true)]
    [InlineData("mongodb+srv://c.example.org/?tls=false", "c.example.org", false)]
    [InlineData("mongodb://u:p@evil@a.example.org/", "a.example.org", false)]
    [InlineData("MongoDB://%2Ftmp%2Fmongodb.sock/", "/tmp/mongodb.sock", false)]
    [InlineData("mongodb://", null, false)]
    [InlineData("mongodb://a,,b/", null, false)]
    [InlineData("postgres://a/", null, false)]
    [Requirement("M2")]
    public void An_address_tells_its_hosts_and_whether_it_has_tls(string text, string? hosts, bool tls)
    {
        var address = MongoAddress.Parse(text);
        Assert.Equal(hosts, address is null ? null : string.Join(' ', address.Hosts));
        Assert.Equal(tls, address?.HasTls ?? false);
    }

    [Theory]
    [InlineData("a.example.net", true)]
    [InlineData("example.net", false)]
    [InlineData("a.example.net.evil.org", false)]
    [InlineData("127.0.0.1", false)]
    public void Only_hosts_that_are_allowed_pass(string host, bool passes) => Assert.Equal(passes ? null : host, MongoAddress.FindForeign([host], ["*.example.net"]));

    [Fact]
    public void Each_kind_of_destination_wants_its_own_keys()
    {
        var good = new Export(At, "x", Track.Metrics, ["a", "b"], "", ["charts"], Collections: new Dictionary<string, CollectionConfig> { ["a"] = Of("a"), ["b"] = Of("b") });
        Assert.Empty(Problems(good));
        Assert.Equal([ErrorCodes.ExportInvalid, ErrorCodes.ExportInvalid], Problems(good with { Latest = true, File = "x.zip" }));
        Assert.Equal([ErrorCodes.MissingKey, ErrorCodes.MissingKey], Problems(good with { Collections = null }));
        Assert.Equal([ErrorCodes.MissingKey, ErrorCodes.ExportInvalid], Problems(good with { To = ["local"] }));
        Assert.Equal([ErrorCodes.UnknownName], Problems(good with { Relations = ["a"] }));
        Assert.Equal([ErrorCodes.ExportInvalid], Problems(good with { Collections = new Dictionary<string, CollectionConfig> { ["a"] = Of("same"), ["b"] = Of("same") } })[..1]);
        Assert.Equal([ErrorCodes.ExportInvalid], Problems(good with { Collections = new Dictionary<string, CollectionConfig> { ["a"] = Of("a"), ["b"] = Of("tributary.slices") } }));
        Assert.Equal([ErrorCodes.ExportInvalid, ErrorCodes.ExportInvalid], Problems(good, good with { Name = "again" }));
    }

    private static CollectionConfig Of(string collection) => new(At, collection, ["id"]);

    private static List<string> Problems(params Export[] exports)
    {
        var problems = new Problems();
        var destinations = new Dictionary<string, Destination>
        {
            ["local"] = new Folder(At, "local", "/tmp", "x", [Track.Metrics]),
            ["charts"] = new MongoDb(At, "charts", new Secret("mongodb://127.0.0.1/"), ["127.0.0.1"], "bi", "eu", [Track.Metrics]),
        };
        var relations = new[] { "a", "b" }.Select(name => new ExportRelation($"model.p.{name}", name, new Relation("m", name), Track.Metrics, [], new HashSet<string>())).ToList();
        ExportNodes.Create(new ExportCatalog(exports, destinations, relations, []), new ExportTarget("dev", false, null), "p", problems);
        return [.. problems.Errors.Select(error => error.Code)];
    }

    private static T Read<T>(string yaml) where T : class =>
        new Binder(new EnvironmentVariables(name => name == "CHARTS" ? "mongodb://u:pass@a.example.net,b.example.net/?tls=true" : null), new KindCatalog(typeof(Export).Assembly, typeof(Folder).Assembly))
            .Read<T>(YamlFile.Parse(yaml, "exports/x.yml"), new Dictionary<string, object?> { ["name"] = "charts", ["project_folder"] = "/tmp" });
}
