using Tributary.Core.Postgres;
using Tributary.Core.Postgres.Swaps;
using Tributary.Core.Text;

namespace Tributary.Tests.Postgres.Swaps;

public sealed class SwapNamesTests
{
    private static readonly Relation Built = new("marts", "visit__tmp");
    private static readonly Relation Target = new("marts", "visit");

    [Fact]
    public void An_equal_index_keeps_the_old_name()
    {
        SwapNames.Named[] before = [new("i", "by day", "btree|day")];
        SwapNames.Named[] after = [new("i", "visit__tmp_day_idx", "btree|day")];

        Assert.Equal(["""alter index "marts"."visit__tmp_day_idx" rename to "by day" """.TrimEnd()], SwapNames.Renames(before, after, Built, Target));
    }

    [Fact]
    public void New_indexes_and_constraints_lose_the_temporary_part_of_their_name()
    {
        SwapNames.Named[] after = [new("i", "visit__tmp_pkey", "a"), new("c", "visit__tmp_day_check", "b"), new("i", "day__tmp", "c"), new("i", "own", "d")];

        Assert.Equal(
            [
                """alter index "marts"."visit__tmp_pkey" rename to "visit_pkey";""".TrimEnd(';'),
                """alter table "marts"."visit" rename constraint "visit__tmp_day_check" to "visit_day_check";""".TrimEnd(';'),
                """alter index "marts"."day__tmp" rename to "day";""".TrimEnd(';'),
            ],
            SwapNames.Renames([], after, Built, Target));
    }

    [Fact]
    public void Two_equal_indexes_do_not_take_the_same_name()
    {
        SwapNames.Named[] before = [new("i", "by_day", "x")];
        SwapNames.Named[] after = [new("i", "visit__tmp_day_idx", "x"), new("i", "visit__tmp_day_idx1", "x")];

        var renames = SwapNames.Renames(before, after, Built, Target).ToList();

        Assert.Equal(2, renames.Distinct().Count());
        Assert.EndsWith("\"visit_day_idx1\"", renames[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Long_names_stay_within_what_the_server_keeps()
    {
        var name = new string('x', 63);

        var lasting = SwapNames.Lasting("t__tmp_very_long_suffix", "t__tmp", name);

        Assert.True(lasting.Length <= Identifier.MaxBytes);
    }
}
