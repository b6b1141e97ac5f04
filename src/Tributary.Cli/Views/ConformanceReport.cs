using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tributary.Cli.Views;

/// <summary>The working group's <c>test_report.json</c>: by file, each test with its result.</summary>
internal static class ConformanceReport
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyDictionary<string, IReadOnlyList<ConformanceResult>> files)
    {
        var report = new JsonObject();
        foreach (var (file, results) in files) report[file] = new JsonObject { ["tests"] = new JsonArray([.. results.Select(Test)]) };
        return report.ToJsonString(Form) + "\n";
    }

    private static JsonObject Test(ConformanceResult result)
    {
        var outcome = new JsonObject { ["passed"] = result.Passed };
        if (result.Reason is { } reason) outcome["reason"] = reason;
        return new JsonObject { ["name"] = result.Name, ["result"] = outcome };
    }
}
