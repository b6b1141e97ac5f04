using System.Text.Json;
using Tributary.Synthetic;
using Tributary.Synthetic.Kotahi;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>Every fault that the synthetic nights plant becomes what their manifest says of it, at its line and byte.</summary>
[Requirement("K14", "K20", "K22", "K27", "X10")]
public sealed class KotahiFaultsTests
{
    [Fact]
    public async Task What_became_of_each_planted_fault_is_what_the_manifest_says()
    {
        await using var project = await KotahiProject.CreateAsync(new SyntheticOptions(Seed: 1, Scale: 0.002));
        var text = await File.ReadAllTextAsync(Path.Combine(project.Made.FullName, "faults.json"), TestContext.Current.CancellationToken);
        var faults = JsonSerializer.Deserialize<List<DropFault>>(text, JsonSerializerOptions.Web)!; // never the text null
        var wrong = new List<string>();
        foreach (var (drop, _) in project.Arrivals)
        {
            project.Deliver(drop);
            var said = string.Join(' ', (await project.RunAsync("sync")).Errors.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            foreach (var fault in faults.Where(fault => fault.Drop == drop && fault.Scope == "file"))
            {
                var found = await OfFileAsync(project, fault, said);
                if (found != fault.Outcome) wrong.Add($"{fault} became {found}");
            }
        }
        // A night that was held for a dataset when it came left nothing of the records in its file.
        var held = faults.Where(fault => fault is { Scope: "file", Outcome: "held" }).Select(fault => (fault.Drop, fault.File)).ToHashSet();
        foreach (var fault in faults.Where(fault => fault.Scope != "file" && !held.Contains((fault.Drop, fault.File))))
        {
            var found = await OfRecordAsync(project, fault);
            if (found != fault.Outcome) wrong.Add($"{fault} became {found}");
        }

        Assert.Equal("", string.Join('\n', wrong));
        Assert.True(faults.Select(fault => fault.Kind).Distinct().Count() >= 25);
    }

    private static async Task<string> OfFileAsync(KotahiProject project, DropFault fault, string said)
    {
        var state = await StateAsync(project, fault);
        if (state.StartsWith("held", StringComparison.Ordinal)) return "held";
        var isTold = said.Contains(fault.File, StringComparison.OrdinalIgnoreCase) || state.Contains(fault.File, StringComparison.OrdinalIgnoreCase)
            || said.Contains(fault.File.Replace(".csv", " (1).csv", StringComparison.Ordinal), StringComparison.Ordinal) // a doubled file's second
            || said.Contains($"{fault.Drop}: the column ", StringComparison.Ordinal);
        return fault.Kind is "new_column" or "reordered_columns" or "packed" || !isTold ? "taken" : "noted";
    }

    private static async Task<string> StateAsync(KotahiProject project, DropFault fault)
    {
        var stream = "karo." + fault.File.Split('.', ' ', '_')[0].ToLowerInvariant();
        var states = await project.Warehouse.LinesAsync($"select state || ' ' || coalesce(because, '') from tributary.drop_state where drop_name = '{fault.Drop}' and stream = '{stream}'");
        return states.Length == 0 ? "" : states[0];
    }

    private static async Task<string> OfRecordAsync(KotahiProject project, DropFault fault)
    {
        // A file that is the same as the night's before was not read again: what is wrong with it stands there.
        const string Same = "taken the files are those of ";
        var state = await StateAsync(project, fault);
        var drop = state.StartsWith(Same, StringComparison.Ordinal) ? state[Same.Length..] : fault.Drop;
        var reasons = await project.Warehouse.LinesAsync(
            $"select distinct reason from tributary_reject.reject where file = '{drop}/{fault.File}' and line = {fault.Line} and byte_offset = {fault.Offset}");
        return reasons switch
        {
            [] => "taken",
            ["json_repaired"] => "repaired",
            ["field_nulled"] => "nulled",
            ["duplicate_key"] => "noted",
            [_] => "rejected",
            _ => string.Join(" and ", reasons),
        };
    }
}
