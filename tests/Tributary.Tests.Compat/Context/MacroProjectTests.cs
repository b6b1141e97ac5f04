using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Context;

/// <summary>
/// A project whose tables come out of some sixty macros in two packages: dispatch, namespaces, call blocks, recursion, pivots that
/// queries drive, agate tables, YAML in macros. What is expected was worked out by hand.
/// </summary>
public sealed class MacroProjectTests
{
    [Fact]
    public async Task Its_tables_are_those_that_were_worked_out_by_hand()
    {
        await using var project = await DbtProject.CreateAsync("macros");
        (await project.RunAsync("build")).Ok();

        Assert.Equal(["1|0|3|5|0", "2|0|6|0|0", "3|1|0|0|7"], await project.LinesAsync("select patient, ward_east, ward_north, ward_south, ward_none from dbt.pivot_points order by 1"));
        Assert.Equal(
            ["city|region/city|1", "county|region/county|1", "east|region/county/east|2", "north|region/city/north|2", "region|region|0", "south|region/city/south|2"],
            await project.LinesAsync("select * from dbt.ward_paths order by 1"));
        Assert.Equal(["high|2|2+6", "low|2|3+5", "mid|2|1+4"], await project.LinesAsync("select * from dbt.banded order by 1"));
        Assert.Equal(["id|0", "patient|0", "ward|1", "day|0", "points|0", "note|3"], await project.LinesAsync("select column_name, nulls from dbt.nulls order by n"));
    }

    [Theory]
    [InlineData("numbers", "720", "51090942171709440000", "144", "12", "12", "243", "8", "29", "ac ab cb ac ba bc ac", "1010", "MCMXCIV", "2,3,5,7,11,13,17,19")]
    [InlineData("lists", "[3, 8, 10, 14, 15, 22]", "22", "7", "None", "[1, 2, 3, 'four', 5]", "[[3, 5, 2, 4], [1, 7]]", "{'b': 2, 'a': 1}", "{1: ['x', 'z'], 2: ['y']}",
        "{'a': {'b': 1, 'c': 4}, 'd': 3, 'e': None}", "123 132 213 231 312 321", "007")]
    [InlineData("texts", "ward_7_north", "draw", "True", "False", "00042", "A.M.L", "1:North, 2:South", "[abab]", "null true 1.5 'it''s' '[1]'", "hospital/.surgery/..theatre/..recovery/.pharmacy",
        "theatre+recovery+pharmacy", "00-08|08-16|16-24", "5", "2024-02-29", "23", "2023-12-31 2024-01-01")]
    [InlineData("dispatched", "one bed of the clinic", "a bed", "3 elephants", "hello Ada, so long!", "\"dbt\".\"visits\"", "a-b")]
    [InlineData("answers", "id,patient,ward,day,points,note", "22", "1 6", "True", "east,north,south", "3", "3", "{'id': 2, 'note': 'fine'}", "fine,ok,late", "5", "id,patient,points", "ward,note")]
    public async Task Each_fact_of_a_model_is_the_one_that_was_worked_out_by_hand(string model, params string[] values)
    {
        await using var project = await DbtProject.CreateAsync("macros");
        (await project.RunAsync("build", "--select", $"+{model}")).Ok();
        Assert.Equal(values, await project.LinesAsync($"select value from dbt.{model} order by n"));
    }
}
