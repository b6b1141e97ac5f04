using System.Globalization;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running;

/// <summary>What the query over a test's failures said: their number, and whether that is enough to warn and to fail.</summary>
internal sealed record TestVerdict(long Failures, bool ShouldWarn, bool ShouldError)
{
    /// <summary>Reads the one row that the materialization of tests must have fetched; throws when it is anything else.</summary>
    public static TestVerdict Read(AgateTable? table, ParsedNode test)
    {
        if (table is not { Rows.All: [var row], Header.Names.Count: 3 })
            throw Wrong(test, "the materialization of tests did not return its one row", "It must run a statement 'main' that selects failures, should_warn and should_error.");
        return new TestVerdict(Number(Cell(row, "failures", 0), test), IsTrue(Cell(row, "should_warn", 1)), IsTrue(Cell(row, "should_error", 2)));
    }

    /// <summary>As dbt judges: only a test of severity error can fail, unless warnings count as errors.</summary>
    public Outcome Judge(ParsedNode test, bool warnError, bool isStored)
    {
        var counts = new Counts(Rows: Failures);
        var config = test.Config;
        var isError = string.Equals(config.Text("severity"), "error", StringComparison.OrdinalIgnoreCase);
        if (isError && ShouldError) return new Outcome.Failed(Found(test, config.Text("error_if"), isStored), Counts: counts);
        if (!ShouldWarn) return new Outcome.Succeeded(counts);
        var found = Found(test, config.Text("warn_if"), isStored);
        return warnError ? new Outcome.Failed(found, Counts: counts) : new Outcome.Warned(found, counts);
    }

    /// <summary>What dbt's artifacts say of a test that found rows; null of one that passed.</summary>
    public string? Message(ParsedNode test, Outcome outcome)
    {
        if (outcome is not (Outcome.Failed or Outcome.Warned)) return null;
        var isError = string.Equals(test.Config.Text("severity"), "error", StringComparison.OrdinalIgnoreCase) && ShouldError;
        return string.Create(CultureInfo.InvariantCulture,
            $"Got {Failures} {(Failures == 1 ? "result" : "results")}, configured to {(outcome is Outcome.Failed ? "fail" : "warn")} if {test.Config.Text(isError ? "error_if" : "warn_if") ?? "!= 0"}");
    }

    private UserError Found(ParsedNode test, string? limit, bool isStored) => new(
        ErrorCodes.TestFailed, test.At,
        string.Create(CultureInfo.InvariantCulture, $"the test {test.Name} found {Failures} {(Failures == 1 ? "row" : "rows")}; it allows none that are {limit ?? "!= 0"}"),
        isStored ? $"See them with: select * from {test.Relation.Sql}" : $"See them with: tributary show --select {test.Name}");

    private static object? Cell(AgateRow row, string name, int place) => row.TryGetItem(name, out var value) ? value : row.Cells[place];

    private static long Number(object? value, ParsedNode test)
    {
        try
        {
            if (value is not null && Convert.ToDecimal(value, CultureInfo.InvariantCulture) is var number && number == Math.Floor(number)) return (long)number;
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            // Said below, with what was found.
        }
        var found = value is null ? "NULL" : value is string ? "text" : "no whole number";
        throw Wrong(test, $"fail_calc of the test {test.Name} ({test.Config.Text("fail_calc")}) gave {found}; expected a whole number", value is null ? "Sums over no rows are NULL: write coalesce(sum(…), 0)." : null);
    }

    /// <summary>NULL is false; a project's own query may answer with 0 and 1 or with words.</summary>
    private static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        string word => word.ToLowerInvariant() is "true" or "t" or "yes" or "y" or "on" or "1",
        _ => Convert.ToDecimal(value, CultureInfo.InvariantCulture) != 0,
    };

    private static UserErrorException Wrong(ParsedNode test, string message, string? hint) => new(ErrorCodes.InvalidValue, test.At, message, hint);
}
