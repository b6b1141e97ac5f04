namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>What a unit test sends: the model's SQL over its fixtures, the rows that are expected, and the columns that are compared.</summary>
internal sealed record CompiledUnitTest(string ModelSql, string ExpectedSql, IReadOnlyList<TypedColumn> Columns)
{
    /// <summary>Both queries, one after the other: what comes, then what is expected.</summary>
    public string Statement
    {
        get
        {
            var names = string.Join(", ", Columns.Select(column => Text.Identifier.Quote(column.Name)));
            return $"select {names} from (\n{ModelSql}\n) as actual;\nselect {names} from (\n{ExpectedSql}\n) as expected";
        }
    }
}
