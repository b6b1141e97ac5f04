using System.Text.Json;
using System.Xml.Linq;
using Tributary.Synthetic;
using Tributary.Synthetic.Cht;

namespace Tributary.Tests.Synthetic;

public sealed class ChtDatabasesTests : IDisposable
{
    private static readonly SyntheticOptions Small = new(Seed: 3, Scale: 0.05);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact, Requirement("X10", "C24")]
    public void At_scale_one_there_are_twenty_thousand_documents()
    {
        var ids = ChtDatabases.Names.ToDictionary(name => name, name => new HashSet<string>(StringComparer.Ordinal));
        Write("whole", new SyntheticOptions());
        foreach (var (name, known) in ids)
        {
            foreach (var document in Read("whole", name)) known.Add(document.GetProperty("_id").GetString()!); // each has one
        }
        Assert.Equal(20_000, ids.Values.Sum(known => known.Count));
        Assert.All(ids.Values, known => Assert.NotEmpty(known));
    }

    [Fact]
    public void Same_options_give_the_same_bytes()
    {
        Write("first", Small);
        Write("second", Small);
        foreach (var name in ChtDatabases.Names) Assert.Equal(File.ReadAllBytes(PathOf("first", name)), File.ReadAllBytes(PathOf("second", name)));
    }

    [Fact]
    public void Revisions_of_a_document_follow_one_another_and_none_is_told_twice()
    {
        Write("revisions", Small with { Scale = 0.3 });
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var (deleted, later) = (0, 0);
        foreach (var document in Read("revisions", "medic"))
        {
            var (id, revision) = (document.GetProperty("_id").GetString()!, document.GetProperty("_rev").GetString()!); // as above
            var generation = int.Parse(revision.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
            if (seen.TryGetValue(id, out var before))
            {
                Assert.Equal(int.Parse(before.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture) + 1, generation);
                Assert.Equal(before.Split('-')[1], document.GetProperty("_revisions").GetProperty("ids")[1].GetString());
                later++;
            }
            else
            {
                Assert.Equal(1, generation);
            }
            seen[id] = revision;
            if (document.TryGetProperty("_deleted", out _)) deleted++;
        }
        Assert.True(deleted > 5 && later > deleted, $"{deleted} deletions, {later} later revisions");
    }

    /// <summary>The attachment of a form's document declares every question that its reports answer.</summary>
    [Fact]
    public void Every_form_has_an_XForm_that_declares_what_its_reports_hold()
    {
        Write("forms", Small);
        var declared = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var document in Read("forms", "medic"))
        {
            var type = document.TryGetProperty("type", out var text) ? text.GetString() : null;
            if (type == "form") declared.Add(document.GetProperty("internalId").GetString()!, Binds(document)); // written first
            if (type != "data_record" || !document.TryGetProperty("content_type", out _) || document.GetProperty("_rev").GetString()![0] != '1') continue; // a revision begins with its number
            var form = document.GetProperty("form").GetString()!; // an app's report has one
            Assert.Contains(form, declared.Keys);
            foreach (var field in document.GetProperty("fields").EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String && !IsDirt(field.Name)))
                Assert.Contains($"/{form}/{field.Name}", declared[form]);
        }
        Assert.Equal(12, declared.Count);
    }

    /// <summary>What no form declares, on purpose: <c>ChtDirt</c>, and the place that the app adds.</summary>
    private static bool IsDirt(string name) => name is "weight" or "place_id" or "device_serial";

    private static HashSet<string> Binds(JsonElement document)
    {
        var xml = XDocument.Parse(System.Text.Encoding.UTF8.GetString(document.GetProperty("_attachments").GetProperty("xml").GetProperty("data").GetBytesFromBase64()));
        return [.. xml.Descendants("{http://www.w3.org/2002/xforms}bind").Select(bind => bind.Attribute("nodeset")!.Value)]; // the writer always gives one
    }

    private void Write(string name, SyntheticOptions options) => ChtDatabases.Write(folder.Sub(name), options);

    private string PathOf(string name, string database) => Path.Combine(folder.Directory.FullName, name, $"{database}.ndjson");

    private IEnumerable<JsonElement> Read(string name, string database) => File.ReadLines(PathOf(name, database)).Select(line => JsonDocument.Parse(line).RootElement);
}
