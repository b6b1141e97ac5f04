using Tributary.Synthetic.Engage;

namespace Tributary.Tests.Synthetic;

public sealed class MetadataCsvTests
{
    [Fact, Requirement("E8")]
    public void The_example_has_the_metadata_of_the_catalogue()
    {
        using var expected = new StringWriter();
        MetadataCsv.Write(expected);
        Assert.Equal(expected.ToString(), File.ReadAllText(Path.Combine(Root().FullName, "examples/engage/seeds/questionnaire_metadata.csv")));
    }

    [Fact]
    public void Every_row_has_a_known_treatment()
    {
        using var text = new StringWriter();
        MetadataCsv.Write(text);
        string[] treatments = ["safe", "id", "name", "phone", "email", "birth_date", "address", "zip", "medicaid", "date", "free_text", "drop", ""];
        foreach (var row in text.ToString().Split('\n')[1..^1]) Assert.Contains(row[(row.LastIndexOf(',') + 1)..], treatments);
    }

    private static DirectoryInfo Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tributary.slnx"))) folder = folder.Parent!; // the tests run inside the checkout
        return folder;
    }
}
