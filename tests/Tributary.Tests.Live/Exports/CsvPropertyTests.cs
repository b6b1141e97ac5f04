using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Exports;

public sealed class CsvPropertyTests
{
    private static readonly string[] Parts = ["a", ",", "\"", "\n", "\r", "\r\n", "=", "+", "-", "@", "\t", "1", "1.5", "é", "漢", "😀", " ", "'", "\\", "\\.", ";", "NULL", "e3"];

    [Fact]
    [Requirement("E45")]
    public async Task What_is_written_is_read_back_and_no_cell_is_a_formula()
    {
        await using var world = await ExportWorld.CreateAsync("create table m.cells (id int, v text);");
        var random = new Random(11);
        var values = Enumerable.Range(0, 2000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Parts[random.Next(Parts.Length)]))).ToArray();
        await world.Warehouse.ExecuteAsync("insert into m.cells select id, v from unnest($1::text[]) with ordinality as t (v, id)", (object)values);
        await world.AddAsync("cells", Track.Pii);
        var export = ExportWorld.Export(Track.Pii, "cells") with { OrderBy = new Dictionary<string, object> { ["cells"] = "id" } };

        await world.RunAsync(export with { Csv = new CsvOptions(CsvFormula.Keep) });
        await world.RunAsync(export);

        Assert.Equal(values, Cells(world, ""));
        var escaped = Cells(world, "_2");
        for (var i = 0; i < values.Length; i++)
        {
            Assert.True(escaped[i] == values[i] || escaped[i] == "'" + values[i]);
            var isNumber = decimal.TryParse(escaped[i], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
            Assert.True(isNumber || escaped[i].Length == 0 || !"=+-@\t\r".Contains(escaped[i][0]));
        }
    }

    private static string[] Cells(ExportWorld world, string suffix) =>
        [.. CsvText.Read(world.Read(ExportWorld.NameOf(Track.Pii, suffix), "cells.csv"), "cells.csv").Skip(1).Select(record => record.Fields[1])];
}
